"""How many messages the scrubber masks in a second, beside Presidio and scrubadub as shipped.

Why: every message passes the scrubber before anything else reads it, so it may cost a fraction of what the
search model costs, and no more than the peers, which find less.

Measured in one run, message by message in turns, on one thread:
  scrubber_per_s   Scrubber.scrub: found, numbered and replaced
  rules_per_s      the same without the learned tagger
  scrubadub_per_s  scrubadub's own detectors and replacement
  presidio_per_s   AnalyzerEngine.analyze with all its recognisers over spaCy's small model; found only, its
                   replacing is another package
  over_presidio, over_scrubadub  ours over theirs

Presidio comes with the group "bench" of pyproject.toml; without it the run says so and its two figures are null.

    python -m scripts.bench.bench_scrub
"""

import json
import sys
import time
import warnings
from collections.abc import Callable, Mapping

from scripts.evaluate.errors import PeerMissing
from scripts.evaluate.maskers import presidio, scrubber

MESSAGES = (
    "I'm cold",
    "starving, anything warm around here?",
    "where's the nearest store with coffee?",
    "do I have any coupons left?",
    "my name is Marta Nowicka and I ordered two scarves",
    "hi this is tom again, order K7-2291 hasnt arrived",
    "call me on +44 20 7946 0958 when it's ready",
    "you can write to marta.nowicka@example.org, please not by phone",
    "my number is 415 555 0132, ask for jamie",
    "please send it to 48 Orchard Street, Apt. 3, Portland, OR 97205",
    "Lieferung bitte an Lindenstraße 14, 10969 Berlin",
    "j'habite 7 rue des Lilas, 75020 Paris",
    "card 4111 1111 1111 1111 was charged twice!!",
    "refund to DE89 3704 0044 0532 0013 00, name's Jonas Brandt",
    "my sister Eva wants the blue one in size 42",
    "need a present for my mum under $30, she likes tea",
    "what is your return policy for shoes bought on sale?",
    "something sweet please, but without nuts, my son Leo is allergic",
    "is the Corner Bakery still open at half past eight?",
    "ran out of printer paper and the report is due at 5",
    "can you recommend a good book for a long train ride with two kids, not too heavy, around 15 euros",
    "I bought a kettle last week and the lid does not close any more. What can I do about it?",
)
ROUNDS = 40

Mask = Callable[[str], object]


def main() -> None:
    """Measure, print a table, and the same as one JSON line."""
    per_s = measured(
        {
            "scrubber": scrubber(rules_alone=False).scrub,
            "rules": scrubber(rules_alone=True).scrub,
            **_peers(),
        }
    )
    ours = per_s["scrubber"]
    figures = {f"{name}_per_s": value for name, value in per_s.items()}
    figures |= {
        f"over_{name}": ours / value for name, value in per_s.items() if name != "scrubber"
    }
    for name, value in figures.items():
        print(f"{name:18} {value:12,.1f}")
    told = {name: round(value, 2) for name, value in figures.items()}
    print(json.dumps({"presidio_per_s": None, "over_presidio": None} | told))


def measured(maskers: Mapping[str, Mask]) -> dict[str, float]:
    """Give messages a second for each masker; all mask a message before the next, so that they meet the same machine."""
    taken_s = dict.fromkeys(maskers, 0.0)
    for number in range(-1, ROUNDS):
        for message in MESSAGES:
            # A number makes each message new: nothing on the way may remember it.
            text = f"{message} ({number} items)"
            for name, mask in maskers.items():
                begun_s = time.perf_counter()
                mask(text)
                if number >= 0:  # the first round warms up
                    taken_s[name] += time.perf_counter() - begun_s
    return {name: ROUNDS * len(MESSAGES) / taken for name, taken in taken_s.items()}


def _peers() -> dict[str, Mask]:
    """Give scrubadub as shipped and, where it is installed, Presidio."""
    import scrubadub  # noqa: PLC0415 - heavy, and only here to be compared with

    # Its default replacement warns, at every call, that it will change.
    warnings.simplefilter("ignore", DeprecationWarning)
    peers: dict[str, Mask] = {"scrubadub": scrubadub.Scrubber().clean}
    try:
        peers["presidio"] = presidio()(None)
    except PeerMissing as error:
        print(error, file=sys.stderr)
    return peers


if __name__ == "__main__":
    main()

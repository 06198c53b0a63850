"""`python -m scripts.setup`: everything the concierge needs on this machine, in order, once.

Called by scripts/install, inside .venv. Starts with the standard library alone, since nothing else is installed yet.
"""

import argparse
import sys
import time
from pathlib import Path

from scripts.setup.errors import SetupError
from scripts.setup.llama import FAILED
from scripts.setup.process import spoken_duration
from scripts.setup.step import run_steps
from scripts.setup.steps import Place, all_steps

INTERRUPTED_STATUS = 130


def main() -> int:
    """Set up what is missing; return 0, 2 after one line that says what to do, 130 when interrupted."""
    parser = argparse.ArgumentParser(
        prog="scripts/install", description="Set up the concierge in .venv."
    )
    parser.add_argument(
        "--dev", action="store_true", help="also what scripts/check and scripts/test need"
    )
    parser.add_argument("--again", action="store_true", help="try once more what failed before")
    arguments = parser.parse_args()
    started = time.monotonic()
    place = Place(root=Path(__file__).resolve().parents[2], environment=Path(sys.prefix))
    if arguments.again:
        place.state.forget([FAILED])
    try:
        if run_steps(all_steps(place, dev=arguments.dev)):
            print(f"Set up in {spoken_duration(time.monotonic() - started)}.", flush=True)
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on from here.", file=sys.stderr)
        return INTERRUPTED_STATUS
    except SetupError as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(
            f"{error.filename or 'Set-up'}: {error.strerror}. See to that and run this again.",
            file=sys.stderr,
        )
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

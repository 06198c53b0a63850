"""Trains the adapter: low-rank differences to the shipped model's weights, on its own words alone."""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from knowledge.briefs import brief
from scripts.train_phrasing.examples import Example, Writer

RANK, ALPHA = 8, 16
_RATE = 8e-4
_WARM_UP_STEPS = 30
_LEAST_SHARE = 0.05
_LONGEST_GRADIENT = 1.0
_BATCH = 8
_POOL = 20  # batches drawn at once, so that examples of like length stand together
_LAYERS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
_UNREAD = -100  # of a label: not learned from


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps done, the mean loss of those since the last, and seconds since the start."""

    step: int
    loss: float
    seconds: float


class Training:
    """A model as transformers reads it, with an adapter that learns."""

    def __init__(self, weights: Path, seed: int) -> None:
        """Open the GGUF file that the adapter is for; takes a minute."""
        import peft  # noqa: PLC0415 - only training needs it
        import transformers  # noqa: PLC0415 - takes seconds

        torch.manual_seed(seed)
        files = {"pretrained_model_name_or_path": str(weights.parent), "gguf_file": weights.name}
        read: Any = transformers.AutoTokenizer.from_pretrained
        self.tokenizer: Any = read(**files)
        base: Any = transformers.AutoModelForCausalLM.from_pretrained(**files, dtype=torch.float32)
        self._end = self.tokenizer.convert_tokens_to_ids("<|im_end|>")  # a GGUF names another
        self.config: Any = base.config
        self.config.architectures = [type(base).__name__]  # the converter asks for it
        shape = peft.LoraConfig(
            r=RANK, lora_alpha=ALPHA, target_modules=_LAYERS, task_type="CAUSAL_LM"
        )
        # What does not learn is read in half the precision where the processor knows it: that takes 0.4 of the time.
        self._precision = torch.bfloat16 if _knows_bfloat16() else torch.float32
        self.model: Any = peft.get_peft_model(base.to(self._precision), shape)

    def run(self, writer: Writer, steps: int, checkpoint: Path) -> Iterator[Progress]:
        """Learn until so many steps are done, from where the checkpoint left off if it is there.

        Tells every 20 steps how it goes, after it has saved them.
        """
        parameters = [each for each in self.model.parameters() if each.requires_grad]
        optimiser = torch.optim.AdamW(parameters, lr=_RATE, weight_decay=0.0)
        done = self._resumed(checkpoint, optimiser, writer) if checkpoint.is_file() else 0
        started_s, losses = time.monotonic(), []
        self.model.train()
        while done < steps:
            for batch in self._batches(writer):
                for group in optimiser.param_groups:
                    group["lr"] = _RATE * _share(done, steps)
                with torch.autocast("cpu", self._precision, enabled=_knows_bfloat16()):
                    loss = self.model(**batch).loss
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parameters, _LONGEST_GRADIENT)
                optimiser.step()
                optimiser.zero_grad()
                losses.append(loss.item())
                done += 1
            self._keep(checkpoint, optimiser, writer, done)
            yield Progress(done, sum(losses) / len(losses), time.monotonic() - started_s)
            losses = []

    def _keep(
        self, path: Path, optimiser: torch.optim.Optimizer, writer: Writer, done: int
    ) -> None:
        learned = {n: p for n, p in self.model.named_parameters() if p.requires_grad}
        state = {
            "done": done,
            "learned": learned,
            "optimiser": optimiser.state_dict(),
            "dice": writer.dice.getstate(),
            "torch_dice": torch.get_rng_state(),
        }
        fresh = path.with_name(f"{path.name}.new")
        torch.save(state, fresh)
        fresh.replace(path)

    def _resumed(self, path: Path, optimiser: torch.optim.Optimizer, writer: Writer) -> int:
        state = torch.load(path, weights_only=False)
        self.model.load_state_dict(state["learned"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        writer.dice.setstate(state["dice"])
        torch.set_rng_state(state["torch_dice"])
        return int(state["done"])

    def save(self, folder: Path) -> None:
        """Write the adapter, and of the base what the conversion reads: its shape and its tokens."""
        self.model.save_pretrained(folder / "adapter", save_embedding_layers=False)
        self.config.save_pretrained(folder / "base")
        self.tokenizer.save_pretrained(folder / "base")

    def _batches(self, writer: Writer) -> Iterator[dict[str, Tensor]]:
        """Draw a pool of examples, and give it in batches of examples of like length."""
        examples = writer.examples()
        pool = [self._tokens(next(examples)) for _ in range(_POOL * _BATCH)]
        pool.sort(key=lambda tokens: len(tokens[0]))
        for start in torch.randperm(_POOL).tolist():
            yield _padded(pool[start * _BATCH : (start + 1) * _BATCH])

    def _tokens(self, example: Example) -> tuple[list[int], list[int]]:
        """Give an example's tokens as the product lays them out, and what is learned of them: the reply."""
        asked = brief(example.kind, example.names, example.message)
        turns = [
            {"role": "system", "content": asked.static},
            {"role": "user", "content": asked.dynamic},
        ]
        prompt = self.tokenizer.apply_chat_template(turns, add_generation_prompt=True)
        reply = self.tokenizer.encode(example.reply, add_special_tokens=False)
        reply.append(self._end)
        return [*prompt, *reply], [*([_UNREAD] * len(prompt)), *reply]


def _knows_bfloat16() -> bool:
    return bool(torch.cpu.get_capabilities().get("avx512_bf16"))


def _padded(batch: Sequence[tuple[list[int], list[int]]]) -> dict[str, Tensor]:
    longest = max(len(tokens) for tokens, _ in batch)
    lacking = [longest - len(tokens) for tokens, _ in batch]
    return {
        "input_ids": torch.tensor([t + [0] * n for (t, _), n in zip(batch, lacking, strict=True)]),
        "labels": torch.tensor(
            [w + [_UNREAD] * n for (_, w), n in zip(batch, lacking, strict=True)]
        ),
        "attention_mask": torch.tensor(
            [[1] * len(t) + [0] * n for (t, _), n in zip(batch, lacking, strict=True)]
        ),
    }


def _share(step: int, steps: int) -> float:
    """Give the share of the full rate: up for a while, then down like a cosine."""
    if step < _WARM_UP_STEPS:
        return (step + 1) / _WARM_UP_STEPS
    along = (step - _WARM_UP_STEPS) / max(1, steps - _WARM_UP_STEPS)
    return _LEAST_SHARE + (1 - _LEAST_SHARE) * (1 + math.cos(math.pi * along)) / 2

"""The tagger's network in torch, weight for weight that of knowledge/privacy/tagging/network.py, so that it can learn.

Whoever changes one changes the other; tests/train_tagger holds them together.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from knowledge.privacy.tagging.base import Label
from knowledge.privacy.tagging.features import KINDS
from knowledge.privacy.tagging.network import DILATIONS, Floats, standardised

WIDTH = 128
_STEPS = 3
_INPUT_DROPOUT, _BLOCK_DROPOUT = 0.15, 0.1
_PIECES_HIDDEN = 0.06  # of pieces are not shown, so that company counts beside letters


class TorchNetwork(nn.Module):
    """Gives scores for each piece of each text of a batch."""

    def __init__(self, table: Floats) -> None:
        """Take the search model's table, (pieces, n) float32; it is brought to unit size and stays as it is."""
        super().__init__()
        self.table: Tensor
        self.register_buffer("table", torch.from_numpy(standardised(table)), persistent=False)
        self.proj = nn.Linear(table.shape[1], WIDTH)
        self.shape = nn.Embedding(KINDS, WIDTH)
        self.drop = nn.Dropout(_INPUT_DROPOUT)
        self.blocks = nn.ModuleList(_Block(dilation) for dilation in DILATIONS)
        self.norm = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, len(Label))

    def forward(self, pieces: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Give logits, (texts, pieces, labels), for pieces, kinds and mask, (texts, pieces)."""
        vectors = self.table[pieces]
        if self.training:
            shown = torch.rand(pieces.shape) >= _PIECES_HIDDEN
            vectors = vectors * shown.unsqueeze(-1)
        x: Tensor = self.drop(self.proj(vectors) + self.shape(kinds))
        for block in self.blocks:
            x = block(x, mask.unsqueeze(-1))
        logits: Tensor = self.head(self.norm(x))
        return logits

    def weights(self) -> dict[str, NDArray[np.float16]]:
        """Give the weights by the names that the tagger reads, in half precision."""
        return {
            name: weight.detach().numpy().astype(np.float16)
            for name, weight in self.state_dict().items()
        }


class _Block(nn.Module):
    """A gated convolution over the normed pieces, added to them; beyond a text's end there is nothing."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(WIDTH)
        self.conv = nn.Conv1d(WIDTH, 2 * WIDTH, _STEPS, padding=dilation, dilation=dilation)
        self.drop = nn.Dropout(_BLOCK_DROPOUT)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        normed = (self.norm(x) * mask).transpose(1, 2)
        value, gate = self.conv(normed).transpose(1, 2).chunk(2, dim=-1)
        added: Tensor = self.drop(value * torch.sigmoid(gate))
        return x + added

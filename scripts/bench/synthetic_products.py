"""Vectors of products nobody sells, clustered as MiniLM clusters those of the sample shop.

Why: a million products with texts cannot be had. Means, aisles, families of variants and items are drawn
with the covariances that the sample shop's six hundred products show: within an aisle cosines of 0.4 to
0.9, between aisles 0.0 to 0.5, and many near twins.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.base import Embedder, Vectors
from scripts.demo.catalogue import products

_CHUNK = 20_000  # rows drawn at a time
_ITEM_SHARE = 0.3  # of the variance within an aisle: what tells variants of one family apart
_FAMILY = 8  # products a family has, on average
_QUERY_NOISE = 1.0  # a wish is this far from a product's text, in its spread within an aisle


@dataclass(frozen=True, slots=True)
class Spread:
    """What the sample shop's vectors look like. The matrices turn white noise into differences, (dim, dim)."""

    mean: Vectors
    between: Vectors
    within: Vectors

    @classmethod
    def of_sample_shop(cls, embedder: Embedder) -> "Spread":
        """Measure it; embeds six hundred texts, which takes seconds."""
        known = products()
        return cls.of(
            embedder.encode(
                [f"{each.title}. {each.category}. {each.description}" for each in known]
            ),
            [product.attributes.get("aisle", "") for product in known],
        )

    @classmethod
    def of(cls, vectors: Vectors, aisles: list[str]) -> "Spread":
        """Measure the spread of vectors, shape (n, dim), that stand in these aisles."""
        names, aisle_of = np.unique(aisles, return_inverse=True)
        centres = np.stack([vectors[aisle_of == aisle].mean(0) for aisle in range(len(names))])
        mean = vectors.mean(0)
        return cls(mean, _root(centres - mean), _root(vectors - centres[aisle_of]))


@dataclass(frozen=True, slots=True)
class SyntheticShop:
    """A shop of `count` products in aisles; the same seed gives the same shop."""

    spread: Spread
    count: int
    seed: int

    @property
    def aisles(self) -> int:
        """Give how many aisles there are: more products need more kinds, though not as many more."""
        return int(80 * (self.count / 1_000) ** 0.4)

    def aisle_of(self) -> NDArray[np.int32]:
        """Give each product's aisle, shape (count,); some aisles hold far more than others."""
        chance = 1.0 / (np.arange(self.aisles) + 5.0)
        draw = np.random.default_rng([self.seed, self.count, 0])
        drawn = draw.choice(self.aisles, size=self.count, p=chance / chance.sum())
        return drawn.astype(np.int32)

    def chunks(self) -> Iterator[Vectors]:
        """Give the products' unit vectors in order, some at a time, each chunk (n, dim) float32."""
        aisle_of, centres = self.aisle_of(), self._centres()
        for number, start in enumerate(range(0, self.count, _CHUNK)):
            aisles = aisle_of[start : start + _CHUNK]
            draw = np.random.default_rng([self.seed, self.count, 1, number])
            families = _normal(draw, (len(aisles), len(self.spread.mean)))
            # Products of an aisle in a chunk share family draws: that makes the near twins.
            family_of = aisles * 100_003 + draw.integers(np.maximum(1, _sizes(aisles) // _FAMILY))
            _, leader, place = np.unique(family_of, return_index=True, return_inverse=True)
            noise = np.sqrt(1 - _ITEM_SHARE) * families[leader][place]
            noise += np.sqrt(_ITEM_SHARE) * _normal(draw, families.shape)
            noise *= self._width_of_aisle()[aisles, None]
            yield _unit(centres[aisles] + noise @ self.spread.within)

    def wishes(self, count: int) -> tuple[Vectors, NDArray[np.int32]]:
        """Give what shoppers might ask for, unit vectors (count, dim), and the aisle each is meant for."""
        draw = np.random.default_rng([self.seed, self.count, 2])
        aisles = draw.choice(self.aisle_of(), size=count)
        noise = _normal(draw, (count, len(self.spread.mean))) @ self.spread.within
        noise *= self._width_of_aisle()[aisles, None]
        wide = _normal(draw, noise.shape) @ self.spread.within
        return _unit(self._centres()[aisles] + noise + _QUERY_NOISE * wide), aisles

    def _width_of_aisle(self) -> Vectors:
        """Give how far an aisle's products differ, as a multiple of the average: "gifts" more than "rice"."""
        draw = np.random.default_rng([self.seed, self.count, 4])
        return draw.uniform(0.5, 1.7, self.aisles).astype(np.float32)

    def _centres(self) -> Vectors:
        draw = np.random.default_rng([self.seed, self.count, 3])
        white = _normal(draw, (self.aisles, len(self.spread.mean)))
        return self.spread.mean + white @ self.spread.between


def _root(differences: Vectors) -> Vectors:
    """Give the matrix that turns white noise, from the right, into differences like these."""
    _, sizes, axes = np.linalg.svd(differences, full_matrices=False)
    scaled = (sizes / np.sqrt(len(differences)))[:, None] * axes
    square = np.zeros((differences.shape[1], differences.shape[1]), dtype=np.float32)
    square[: len(scaled)] = scaled
    return square


def _sizes(aisles: NDArray[np.int32]) -> NDArray[np.int64]:
    """Give for each product how many of this chunk stand in its aisle."""
    return np.bincount(aisles)[aisles]


def _normal(draw: np.random.Generator, shape: tuple[int, int]) -> Vectors:
    return draw.standard_normal(shape, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

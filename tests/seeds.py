"""The random histories of a run: those that are always played, and as many more as `--seeds` asks for."""

from collections.abc import Iterable, Sequence

import pytest

Way = tuple[str, int, int]  # Engine, seed and steps.


def ways(
    played: Sequence[Way], engines: Iterable[tuple[str, int]], config: pytest.Config
) -> list[Way]:
    """With the further ones on each of `(engine, steps)`."""
    first, count = config.getoption("first_seed"), config.getoption("seeds")
    further = [
        (engine, seed, steps)
        for seed in range(first, first + count)
        for engine, steps in engines
    ]
    return [*played, *further]


def names_of(ways: Iterable[Way]) -> list[str]:
    return [f"{engine}-{seed}" for engine, seed, _ in ways]

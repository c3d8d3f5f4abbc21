"""Counts by name, and how they add up. None of these changes what it is given."""

from collections.abc import Mapping

Figures = dict[str, int]


def nonzero(figures: Mapping[str, int]) -> Figures:
    """Those that are not zero."""
    return {name: number for name, number in figures.items() if number}


def summed(figures: Mapping[str, int], changes: Mapping[str, int]) -> Figures:
    """figures + changes, name by name; a name that is not there counts as zero."""
    after = dict(figures)
    for name, change in changes.items():
        after[name] = after.get(name, 0) + change
    return after


def tallied(figures: Mapping[str, int], changes: Mapping[str, int]) -> Figures:
    """figures + changes, without what has come to zero."""
    return nonzero(summed(figures, changes))


def difference(old: Mapping[str, int], new: Mapping[str, int]) -> Figures:
    """new − old, name by name; a name that is not there counts as zero."""
    names = {**old, **new}
    return {name: new.get(name, 0) - old.get(name, 0) for name in names}


def share(part: int, whole: int) -> float | None:
    """part ÷ whole to four places; None of nothing."""
    return round(part / whole, 4) if whole else None

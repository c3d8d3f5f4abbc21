"""What went missing of the news is noticed: then anything may be new."""

import pytest

from services.kit.buses.rabbit.listening import Unbroken


def heard(*bundles: list[tuple[int, str]]) -> frozenset[str] | None:
    """What the last bundle says."""
    unbroken = Unbroken()
    told: frozenset[str] | None = None
    for bundle in bundles:
        told = unbroken.streams("adder", bundle)
    return told


def test_what_follows_on_what_was_heard_says_in_which_streams_something_is_new() -> (
    None
):
    assert heard([(3, "a")], [(4, "a"), (5, "b")]) == frozenset({"a", "b"})


@pytest.mark.parametrize(
    "bundles",
    [
        [[(1, "a")]],
        [[(3, "a")], [(5, "b")]],
        [[(3, "a")], [(4, "a"), (6, "b")]],
        [[(3, "a")], [(3, "a")]],
        [[(3, "a")], [(4, "a")], [(3, "a"), (4, "a")]],
    ],
    ids=["the first", "a gap before", "a gap within", "said again", "from before"],
)
def test_after_anything_else_it_may_be_any(
    bundles: list[list[tuple[int, str]]],
) -> None:
    assert heard(*bundles) is None

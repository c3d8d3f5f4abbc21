"""The grids of the places where random histories happen; one moves from community to community on the way."""

from services.kit.log import Event, Fact
from tests.examples import branches
from tests.given import example_of, happened

COMMUNITIES = ("510108002001", "510108015001", "510108016001")


def grid_of(community: str) -> str:
    return f"W-{community}"


def recorded(community: str, grid: str, valid_from: str = "2026-01-01") -> Fact:
    return example_of(
        branches,
        "grid_recorded.v1",
        grid=grid,
        community=community,
        valid_from=valid_from,
    )


def ended(
    community: str, grid: str, valid_to: str, valid_from: str = "2026-01-01"
) -> Fact:
    about = {
        "grid": grid,
        "community": community,
        "valid_from": valid_from,
        "valid_to": valid_to,
    }
    return example_of(branches, "grid_ended.v1", **about)


FIRST, SECOND, THIRD = COMMUNITIES
RECORDED: tuple[Fact, ...] = (
    *(recorded(community, grid_of(community)) for community in COMMUNITIES),
    *(recorded(FIRST, f"W-{number}", "2026-06-30") for number in range(3)),
    ended(SECOND, grid_of(SECOND), "2027-01-05"),
    recorded(THIRD, grid_of(SECOND), "2027-01-06"),
)
EVENTS: list[Event] = [
    happened(fact, seq) for seq, fact in enumerate(RECORDED, start=1)
]

"""What was said before, said again for new days: without what does not hold there and then, which is told."""

from collections.abc import Iterable
from datetime import datetime

from schemas.documents import Json
from services.activities.model.contents import grid_of
from services.activities.rules.authority import ended
from services.activities.rules.campaigns import is_on_for
from services.district import territory
from services.district.calendar import local_day
from services.district.recurrence import has_ended
from services.kit.entrypoints import Asked
from services.kit.views import Reads


def copied(docs: Reads, content: Json, plans: list[Json], asked: Asked) -> Json:
    """A whole content with `plans`, the same sessions on their new days, and with `left_behind`."""
    kept = [_grid_then(docs, content, plan) for plan in plans]
    were = [grid_of(content, plan) for plan in plans]
    gone = dict.fromkeys(
        was["grid"] for was, now in zip(were, kept, strict=True) if was != now
    )
    rest = {name: value for name, value in content.items() if name != "grid"}
    bare = [
        {name: value for name, value in plan.items() if name != "grid"}
        for plan in plans
    ]
    if all(grid == kept[0] for grid in kept):
        again = {**rest, **kept[0], "sessions": bare}
    else:
        again = {
            **rest,
            "sessions": [
                {**plan, **grid} for plan, grid in zip(bare, kept, strict=True)
            ],
        }
    left = [_left("grid", grid) for grid in gone]
    return _without_what_is_over(docs, again, plans[0]["starts_at"], left, asked)


def from_template(docs: Reads, posting: Json, asked: Asked) -> tuple[Json, Json]:
    """The posting without what does not hold, and `{left_behind}` of it. A host is not its own co-host."""
    others = [cohost for cohost in posting["cohosts"] if cohost != posting["host"]]
    after = _without_what_is_over(
        docs, {**posting, "cohosts": others}, posting["starts_at"], [], asked
    )
    told = {name: after.pop(name) for name in ("left_behind",) if name in after}
    return after, told


def _grid_then(docs: Reads, content: Json, plan: Json) -> Json:
    """`{grid: code}` of a session when it is one of the community's on that day."""
    held_in = grid_of(content, plan)
    day = local_day(datetime.fromisoformat(plan["starts_at"]))
    stands = held_in and territory.contains(
        docs, content["community"], held_in["grid"], day
    )
    return held_in if stands else {}


def _without_what_is_over(
    docs: Reads, content: Json, starts_at: str, left: Iterable[Json], asked: Asked
) -> Json:
    """A campaign that is not on there and then, a rule that has ended and a branch that has are not taken along."""
    gone = [cohost for cohost in content["cohosts"] if ended(docs, cohost, asked)]
    over = []
    if "campaign" in content and not is_on_for(docs, content, starts_at):
        over.append("campaign")
    if "repeats" in content and has_ended(
        content["repeats"], datetime.fromisoformat(starts_at)
    ):
        over.append("repeats")
    told = [
        *(_left(name, content[name]) for name in over),
        *(_left("cohosts", cohost) for cohost in gone),
        *left,
    ]
    rest = {name: value for name, value in content.items() if name not in over}
    others = [cohost for cohost in content["cohosts"] if cohost not in gone]
    return {**rest, "cohosts": others, **({"left_behind": told} if told else {})}


def _left(field: str, value: str) -> Json:
    return {"field": field, "value": value}

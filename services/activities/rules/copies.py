"""What was posted before, posted again on new days: without what does not hold there and then, which is told."""

from schemas.documents import Json, if_any, without
from services.activities.model.contents import grid_of
from services.activities.model.times import day_of, moment
from services.activities.rules.authority import ended
from services.activities.rules.campaigns import is_on_for
from services.district import territory
from services.district.recurrence import has_ended
from services.kit.entrypoints import Asked
from services.kit.views import Reads


def copied(docs: Reads, content: Json, plans: list[Json], asked: Asked) -> Json:
    """A whole content with `plans`, the same sessions on their new days, and with `left_behind`."""
    grids = [_grid_then(docs, content, plan) for plan in plans]
    left = _grids_left(content, plans, grids)
    again = _with_grids(content, plans, grids)
    return _without_what_is_over(docs, again, plans[0]["starts_at"], left, asked)


def from_template(docs: Reads, posting: Json, asked: Asked) -> tuple[Json, Json]:
    """The posting without what does not hold, and `{left_behind}` of it. A host is not its own co-host."""
    cohosts = [cohost for cohost in posting["cohosts"] if cohost != posting["host"]]
    posting = posting | {"cohosts": cohosts}
    held = _without_what_is_over(docs, posting, posting["starts_at"], [], asked)
    if "left_behind" not in held:
        return held, {}
    return without(held, "left_behind"), {"left_behind": held["left_behind"]}


def _grid_then(docs: Reads, content: Json, plan: Json) -> Json:
    """`{grid: code}` of a session when it is one of the community's on that day."""
    grid = grid_of(content, plan)
    if not grid:
        return {}
    community = content["community"]
    day = day_of(plan)
    return grid if territory.contains(docs, community, grid["grid"], day) else {}


def _grids_left(content: Json, plans: list[Json], grids: list[Json]) -> list[Json]:
    """The grids, each once, that are none of the community's any more."""
    left: dict[str, Json] = {}
    for plan, grid in zip(plans, grids, strict=True):
        before = grid_of(content, plan)
        if before != grid:
            code = before["grid"]
            left[code] = _left("grid", code)
    return list(left.values())


def _with_grids(content: Json, plans: list[Json], grids: list[Json]) -> Json:
    """The content in these grids: said of the whole where all are the same, else of each session."""
    whole = without(content, "grid")
    whole["sessions"] = bare = [without(plan, "grid") for plan in plans]
    first = grids[0]
    if all(grid == first for grid in grids):
        return whole | first
    for plan, grid in zip(bare, grids, strict=True):
        plan.update(grid)
    return whole


def _without_what_is_over(
    docs: Reads, content: Json, starts_at: str, left: list[Json], asked: Asked
) -> Json:
    """A campaign that is not on there and then, a rule that has ended and a branch that has are not taken along."""
    over = _over(docs, content, starts_at)
    held = without(content, *over)
    held["cohosts"] = []
    left_behind = [_left(name, content[name]) for name in over]
    for cohost in content["cohosts"]:
        if ended(docs, cohost, asked):
            left_behind.append(_left("cohosts", cohost))
        else:
            held["cohosts"].append(cohost)
    left_behind += left
    return held | if_any(left_behind=left_behind)


def _over(docs: Reads, content: Json, starts_at: str) -> list[str]:
    over = []
    if "campaign" in content and not is_on_for(docs, content, starts_at):
        over.append("campaign")
    if "repeats" in content and has_ended(content["repeats"], moment(starts_at)):
        over.append("repeats")
    return over


def _left(field: str, value: str) -> Json:
    return {
        "field": field,
        "value": value,
    }

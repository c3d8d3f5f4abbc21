"""How much one person may ask for: so much begun in a day, and so much open, whoever asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.cobuild.model.tallies import NOTHING
from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.views import Reads


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many one may begin in a day, and have open at a time."""

    a_day: int
    open: int


OWN_NEEDS = Bounds(5, 20)
# For one resident, by whoever serves the place.
NEEDS_BY_A_WORKER = Bounds(20, 60)
# By one worker, for nobody in particular: a list may be uploaded.
NEEDS_OF_A_PLACE = Bounds(1_000, 5_000)
UNITS = Bounds(10, 5)
# Messages and times, by one person on one commitment; none is ever open.
TALKS = Bounds(20, 1)


def must_have_room(
    docs: Reads, tallies: Sequence[str], bounds: Bounds, what: str, asked: Asked
) -> None:
    """Raises `Refused` when there is too much of it already; `what` is what it is called, with its measure word.

    It is counted under all of the `tallies` together: those of one person and their keys.
    """
    counted = [docs.get("tallies", tally) or NOTHING for tally in tallies]
    open = sum(tally["open"] for tally in counted)
    if open >= bounds.open:
        says = f"已有 {open} {what}还没有办完，办完一些再提交"
        raise Refused("too_many_open", says)
    today = local_day(asked.now)
    begun = sum(times_on(tally, today) for tally in counted)
    if begun >= bounds.a_day:
        raise Refused("too_many_today", f"今天已经提交 {begun} {what}，请明天再来")

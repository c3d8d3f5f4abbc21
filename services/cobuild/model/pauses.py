"""How an offering stands: paused by what was told of it, and while its unit is halted by a suspension."""

from schemas.documents import Json
from services.cobuild.model.lifecycles import OFFERING

SUSPENSION = "suspension"
PAUSE_TEXTS = {
    "unit": "由单位暂停",
    SUSPENSION: "所属社区合伙人被暂停",
    "unit_suspended": "单位已被暂停",
    "unit_ended": "单位已终止",
    "used_up": "本期已约满",
    "expired": "已过有效期",
}
STATES_THAT_PAUSE = {"suspended": "unit_suspended", "ended": "unit_ended"}


def standing(offering: Json, unit: Json) -> Json:
    """The offering as it is to be had now.

    The suspension is written nowhere but in the unit, so its end resumes what it paused and nothing else.
    """
    pauses = [*offering["pauses"], *_of_the_unit(unit)]
    if offering["state"] == "retired" or not pauses:
        return offering
    paused = {"pauses": pauses, "pause_text": in_words(pauses)}
    return OFFERING.after(offering | paused, "pause")


def _of_the_unit(unit: Json) -> list[str]:
    """What pauses all that the unit offers."""
    pauses = []
    if unit["halted"]:
        pauses.append(SUSPENSION)
    if unit["state"] in STATES_THAT_PAUSE:
        pauses.append(STATES_THAT_PAUSE[unit["state"]])
    return pauses


def in_words(pauses: list[str]) -> str:
    return "、".join(PAUSE_TEXTS[pause] for pause in pauses)

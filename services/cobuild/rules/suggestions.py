"""Telling the units a need fits best of it, one after the other: so none has to look, and none is passed over."""

from schemas.cobuild.suggestions import MOST_TOLD
from schemas.fields import instant
from services.cobuild import matching
from services.cobuild.lifecycles import NEED
from services.cobuild.rules import service_level
from services.cobuild.rules.found import NEEDS, called, own_unit, sees_need
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay
from services.kit.working import after

MOST_LOOKED_AT = 20  # Offerings; some may be of units that were told already.
NEEDED = {"category", "audience"}  # What must fit at all, before anybody is told.


def suggest(docs: Overlay, need: Doc, asked: Asked) -> Fact | None:
    """To the next unit it fits; where there is none, or enough were told, it is up to the community."""
    if need["state"] not in NEED.steps["suggest"].before:
        return None
    match = _next(docs, need, asked) if len(need["told"]) < MOST_TOLD else None
    if match is None:
        return _fact("suggesting_ended.v1", need, {"told": len(need["told"])})
    each_has = service_level.WITHIN[need["urgency"]].claim // MOST_TOLD
    told: Data = {name: match[name] for name in ("unit", "offering")}
    told["reasons"] = [reason["text"] for reason in match["reasons"] if reason["points"] > 0]
    return _fact("need_suggested.v1", need, {**told, "answer_by": instant(after(asked.now, each_has))})


def pass_up(docs: Overlay, command: Data, asked: Asked) -> Fact:
    unit = own_unit(docs, command["unit"], asked)
    need = NEEDS.found(docs, command["need"], asked, sees=sees_need)
    NEED.must_allow(need, "pass_up", called(need))
    if need.get("suggested_to") != unit["id"]:
        raise Refused("not_suggested", "这项需求现在没有在问贵单位", path="unit")
    return _fact("need_passed_up.v1", need, {"unit": unit["id"], "by": asked.actor.id})


def _next(docs: Overlay, need: Doc, asked: Asked) -> Data | None:
    """The best match of a unit that has not been told, and has not just let it go."""
    passed = {*need["told"], *need["let_go"]}
    found = matching.of_need(docs, need, MOST_LOOKED_AT, asked)
    return next((match for match in found if match["unit"] not in passed and _fits(match)), None)


def _fits(match: Data) -> bool:
    return all(reason["points"] > 0 for reason in match["reasons"] if reason["part"] in NEEDED)


def _fact(type: str, need: Doc, told: Data) -> Fact:
    return Fact(type, f"need/{need['id']}", {"need": need["id"], **told})

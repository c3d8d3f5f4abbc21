"""Telling the units a need fits best of it, one after the other: so none has to look, and none is passed over."""

from schemas.cobuild.suggestions import MOST_TOLD
from schemas.documents import Json, pick
from schemas.fields import instant
from services.cobuild.model.lifecycles import NEED
from services.cobuild.rules import matching, service_level
from services.cobuild.rules.rights import NEEDS, called, own_unit, sees_need
from services.district.working import after
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads


def suggest(docs: Reads, need: Json, asked: Asked) -> Fact | None:
    """To the next unit it fits; where there is none, or enough were told, it is up to the community."""
    if need["state"] not in NEED.steps["suggest"].before:
        return None
    match = _next_match(docs, need, asked)
    if match is None:
        content = {"told": len(need["told"])}
        return NEED.fact("suggesting_ended.v1", need["id"], content)
    suggestion = pick(match, "unit", "offering")
    suggestion["reasons"] = _speaking_for(match)
    suggestion["answer_by"] = _answer_by(need, asked)
    return NEED.fact("need_suggested.v1", need["id"], suggestion)


def _speaking_for(match: Json) -> list[str]:
    """The reasons that brought points, in words."""
    reasons: list[Json] = match["reasons"]
    return [reason["text"] for reason in reasons if reason["points"] > 0]


def _answer_by(need: Json, asked: Asked) -> str:
    """Each unit that is told has its share of the time in which somebody is to take it on."""
    within = service_level.WITHIN[need["urgency"]]
    minutes = within.claim // MOST_TOLD
    return instant(after(asked.now, minutes))


def _next_match(docs: Reads, need: Json, asked: Asked) -> Json | None:
    if len(need["told"]) >= MOST_TOLD:
        return None
    passed = {*need["told"], *need["let_go"]}
    return matching.next_for(docs, need, passed, asked)


def pass_up(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By the unit that is being asked: the next one is. Raises `Refused` for any other."""
    unit = own_unit(docs, command["unit"], asked)["id"]
    need = NEEDS.found(docs, command["need"], asked, sees=sees_need)
    NEED.must_allow(need, "pass_up", called(need))
    if need.get("suggested_to") != unit:
        raise Refused("not_suggested", "这项需求现在没有在问贵单位", path="unit")
    content = {"unit": unit, "by": asked.actor.id}
    return NEED.fact("need_passed_up.v1", need["id"], content)

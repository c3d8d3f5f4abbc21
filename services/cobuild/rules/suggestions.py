"""Telling the units a need fits best of it, one after the other: so none has to look, and none is passed over."""

from schemas.cobuild.suggestions import MOST_TOLD
from schemas.documents import Json
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
    passed = {*need["told"], *need["let_go"]}
    match = (
        matching.next_for(docs, need, passed, asked)
        if len(need["told"]) < MOST_TOLD
        else None
    )
    if match is None:
        return _fact("suggesting_ended.v1", need, {"told": len(need["told"])})
    each_has = service_level.WITHIN[need["urgency"]].claim // MOST_TOLD
    told: Json = {name: match[name] for name in ("unit", "offering")}
    told["reasons"] = [
        reason["text"] for reason in match["reasons"] if reason["points"] > 0
    ]
    return _fact(
        "need_suggested.v1",
        need,
        {**told, "answer_by": instant(after(asked.now, each_has))},
    )


def pass_up(docs: Reads, command: Json, asked: Asked) -> Fact:
    unit = own_unit(docs, command["unit"], asked)
    need = NEEDS.found(docs, command["need"], asked, sees=sees_need)
    NEED.must_allow(need, "pass_up", called(need))
    if need.get("suggested_to") != unit["id"]:
        raise Refused("not_suggested", "这项需求现在没有在问贵单位", path="unit")
    return _fact("need_passed_up.v1", need, {"unit": unit["id"], "by": asked.actor.id})


def _fact(type: str, need: Json, told: Json) -> Fact:
    return Fact(type, f"need/{need['id']}", {"need": need["id"], **told})

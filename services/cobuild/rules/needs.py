"""Needs: raised in a resident's words, verified, and at the end confirmed by those they were for."""

from datetime import datetime, timedelta

from schemas.cobuild.needs import MOST_SIMILAR
from schemas.fields import instant
from services.cobuild.lifecycles import COMMITMENT, NEED
from services.cobuild.rules import service_level
from services.cobuild.rules.found import the
from services.kit import territory
from services.kit.authority import must_oversee, oversees
from services.kit.calendar import day_ends, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Data, Fact
from services.kit.views import Doc, Find, Overlay

CLOSES_AFTER = timedelta(days=7)
REOPENS_WITHIN = timedelta(days=30)
MOST_REOPENED = 3


def raise_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """A resident for himself, a community worker for anybody there or, naming nobody, for the community."""
    territory.known(docs, command["community"], "community")
    works_there = serves(asked, command["community"])
    if command.get("beneficiary", asked.actor.id) != asked.actor.id and not works_there:
        raise Forbidden("只能为自己提出；代为提出请由社区工作者进行", code="not_yours", path="beneficiary")
    if "resolution" in command:
        _must_be_open(docs, command, asked)
    said = {name: value for name, value in command.items() if name != "words"}
    beneficiary = {} if works_there else {"beneficiary": asked.actor.id}
    data = {**beneficiary, **said, "by": asked.actor.id, "note": asked.new_id, "similar": _similar(docs, command)}
    return _noted("need_raised.v1", asked.new_id, data, asked, command["words"])


def _similar(docs: Overlay, command: Data) -> list[Data]:
    """The latest open needs of the same category in the same community: a hint, never a refusal."""
    alike = {"community": command["community"], "category": command["category"], "open": "yes"}
    found = docs.find(Find("needs", alike, "raised_at", limit=MOST_SIMILAR, newest_first=True))
    return [
        {"need": need["id"], "state_text": need["state_text"]} | ({"title": need["title"]} if "title" in need else {})
        for need in found
    ]


def verify_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "verify")
    clocks = service_level.clocks(command["urgency"], asked.now, datetime.fromisoformat(need["raised_at"]))
    return _fact("need_verified.v1", need["id"], {**command, **clocks, "by": asked.actor.id})


def reject_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "reject")
    return _fact("need_rejected.v1", need["id"], {**command, "by": asked.actor.id})


def ask_resident(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "ask")
    if need["waiting"]:
        raise Refused("already_waiting", "已经问过提出人，还在等回答")
    data = {"by": asked.actor.id, "note": asked.new_id, **service_level.left(need, asked.now)}
    return _noted("resident_asked.v1", need["id"], data, asked, command["words"])


def answer_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = _of_mine(docs, command, asked, "answer")
    if not need["waiting"]:
        raise Refused("not_asked", "没有等待回答的询问")
    data = {"by": asked.actor.id, "note": asked.new_id, **service_level.resumed(need, asked.now)}
    return _noted("resident_answered.v1", need["id"], data, asked, command["words"])


def confirm_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """By whom it was for, or by a community worker who has called on them; never by the unit."""
    need = _of_mine(docs, command, asked, "confirm")
    if asked.actor.covers("unit_liaison", f"unit/{need['unit']}"):
        raise Forbidden("由受益人确认，办理的单位不能自己确认", code="own_work")
    way = "beneficiary" if asked.actor.id == need.get("beneficiary") else "visit"
    told = {"way": way, "by": asked.actor.id, **service_level.closing(need, asked.now)}
    close_at = instant(asked.now + CLOSES_AFTER)
    return _rated("need_confirmed.v1", need, {**_of(need), **told, "close_at": close_at}, command, asked)


def rate_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = _of_mine(docs, command, asked, "rate")
    if "score" in need:
        raise Refused("already_rated", "已经评价过这项需求")
    return _rated("need_rated.v1", need, {"by": asked.actor.id}, command, asked)


def dispute_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = _of_mine(docs, command, asked, "dispute")
    data = {**_of(need), "by": asked.actor.id, "note": asked.new_id}
    return _noted("need_disputed.v1", need["id"], data, asked, command["words"])


def send_back_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "send_back")
    COMMITMENT.must_allow(docs.the("commitments", need["commitment"]), "send_back", need["title"])
    due_at = due_moment(command["due"], asked.now)
    return _fact("need_sent_back.v1", need["id"], {**command, **_of(need), "by": asked.actor.id, "due_at": due_at})


def settle_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "settle")
    return _fact("need_closed.v1", need["id"], {**command, **_of(need), "by": asked.actor.id})


def close_confirmed(docs: Overlay, need: Doc, asked: Asked) -> Fact | None:
    """Some days after it was confirmed."""
    return _fact("need_closed.v1", need["id"], _of(need)) if need["state"] in NEED.steps["close"].before else None


def reopen_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    """Within a month of its confirmation, as a need verified now."""
    need = _of_mine(docs, command, asked, "reopen")
    confirmed = datetime.fromisoformat(need["close_at"]) - CLOSES_AFTER if "close_at" in need else asked.now
    if asked.now - confirmed > REOPENS_WITHIN:
        raise Refused("too_late_to_reopen", f"确认后 {REOPENS_WITHIN.days} 天内可以重新提出，现在请另提需求")
    if need["reopened"] >= MOST_REOPENED:
        raise Refused("reopened_too_often", f"一项需求最多重新提出 {MOST_REOPENED} 次，请另提需求")
    clocks = service_level.clocks(need["urgency"], asked.now, asked.now)
    data = {**clocks, "by": asked.actor.id, "note": asked.new_id}
    return _noted("need_reopened.v1", need["id"], data, asked, command["words"])


def withdraw_need(docs: Overlay, command: Data, asked: Asked) -> Fact:
    need = _of_mine(docs, command, asked, "withdraw")
    ended = {"commitment": need["commitment"]} if "commitment" in need else {}
    return _fact("need_withdrawn.v1", need["id"], {**command, **ended, "by": asked.actor.id})


def note_overdue(clock: str, need: Doc) -> Fact:
    data = {"clock": clock, "since": need[f"{clock}_by"]}
    return _fact("need_overdue.v1", need["id"], data)


def serves(asked: Asked, community: str) -> bool:
    """True for those who handle what is needed there: its community workers, its street, the district."""
    return asked.actor.covers("community_worker", community) or oversees(asked.actor, community)


def is_of(need: Doc, asked: Asked) -> bool:
    """True for who raised it and for whom it is."""
    return asked.actor.id in {need["by"], need.get("beneficiary")}


def to_handle(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The need, when its state allows the step and the actor serves its community."""
    need = the(docs, "needs", command["need"])
    if not serves(asked, need["community"]):
        raise Forbidden(f"社区 {need['community']} 不在您的工作范围内", code="out_of_scope")
    NEED.must_allow(need, step, called(need))
    return need


def called(need: Doc) -> str:
    return str(need.get("title", need["category"]))


def due_moment(due: str, now: datetime) -> str:
    """The end of the day `due`, which must not have passed and lie within a year."""
    if due < local_day(now):
        raise Invalid(f"期限 {due} 已经过去", code="in_the_past", path="due")
    if due > local_day(now + timedelta(days=366)):
        raise Invalid("期限应在一年之内", code="too_far_ahead", path="due")
    return instant(day_ends(due))


def _of_mine(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The need, when the actor raised it, it is for the actor, or the actor serves its community."""
    need = the(docs, "needs", command["need"])
    if not is_of(need, asked) and not serves(asked, need["community"]):
        raise Forbidden("只有提出人、受益人和社区工作者可以操作", code="not_yours")
    NEED.must_allow(need, step, called(need))
    return need


def _must_be_open(docs: Overlay, command: Data, asked: Asked) -> None:
    resolution = the(docs, "resolutions", command["resolution"])
    must_oversee(asked.actor, docs.the("meetings", resolution["meeting"])["division"])
    if resolution["outcome"] != "open":
        raise Refused("already_carried_out", f"这项决议已经落实为需求 {resolution['need']}", path="resolution")


def _of(need: Doc) -> Data:
    return {"commitment": need["commitment"]}


def _rated(type: str, need: Doc, data: Data, command: Data, asked: Asked) -> Fact:
    score = {"score": command["score"]} if "score" in command else {}
    if "words" not in command:
        return _fact(type, need["id"], {**data, **score})
    return _noted(type, need["id"], {**data, **score, "note": asked.new_id}, asked, command["words"])


def _noted(type: str, need: str, data: Data, asked: Asked, words: str) -> Fact:
    return Fact(type, f"need/{need}", {**data, "need": need}, notes={asked.new_id: words})


def _fact(type: str, need: str, data: Data) -> Fact:
    return Fact(type, f"need/{need}", {**data, "need": need})

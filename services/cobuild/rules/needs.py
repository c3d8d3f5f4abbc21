"""Needs: raised in a resident's words, verified, and at the end confirmed by those they were for."""

from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from operator import itemgetter

from schemas.cobuild.needs import MOST_SIMILAR
from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.folds.tallies import need_tally
from services.cobuild.model.lifecycles import COMMITMENT, LISTED, NEED, OPEN
from services.cobuild.rules import bounds, service_level
from services.cobuild.rules.bounds import must_have_room
from services.cobuild.rules.rights import (
    called,
    of_mine,
    open_resolution,
    serves,
    the,
    to_handle,
)
from services.district import appeals, territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Find, Reads

CLOSES_AFTER = timedelta(days=7)
REOPENS_WITHIN = timedelta(days=30)
MOST_REOPENED = 3


def raise_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A resident for himself, a community worker for anybody there or, naming nobody, for the community."""
    territory.known(docs, command["community"], "community", local_day(asked.now))
    if "grid" in command:
        territory.must_contain(
            docs, command["community"], command["grid"], local_day(asked.now)
        )
    works_there = serves(asked, command["community"])
    if command.get("beneficiary", asked.actor.id) != asked.actor.id and not works_there:
        raise Forbidden(
            "只能为自己提出；代为提出请由社区工作者进行",
            code="not_yours",
            path="beneficiary",
        )
    if "resolution" in command:
        open_resolution(docs, command["resolution"], asked)
    said = {name: value for name, value in command.items() if name != "words"}
    beneficiary = {} if works_there else {"beneficiary": asked.actor.id}
    data: Json = {**beneficiary, **said, "by": asked.actor.id, "note": asked.new_id}
    must_have_room(docs, need_tally(data), _bounds(data), " 项需求", asked)
    similar = _similar(docs, command, OPEN & LISTED if "beneficiary" in data else OPEN)
    return _noted(
        "need_raised.v1",
        asked.new_id,
        {**data, "similar": similar},
        asked,
        command["words"],
    )


def _bounds(need: Json) -> bounds.Bounds:
    if "beneficiary" not in need:
        return bounds.NEEDS_OF_A_PLACE
    return (
        bounds.OWN_NEEDS
        if need["beneficiary"] == need["by"]
        else bounds.NEEDS_BY_A_WORKER
    )


def _similar(docs: Reads, command: Json, states: AbstractSet[str]) -> list[Json]:
    """The latest open needs of the same category in the same community: a hint, never a refusal.

    Somebody's own need is shown to them, and what of others is not on the list yet is not.
    """
    alike = {"community": command["community"], "category": command["category"]}
    wheres = ({**alike, "state": state} for state in sorted(states))
    finds = (
        Find("needs", where, "raised_at", limit=MOST_SIMILAR, newest_first=True)
        for where in wheres
    )
    open_ones = [need for find in finds for need in docs.find(find)]
    found = sorted(open_ones, key=itemgetter("raised_at", "id"), reverse=True)[
        :MOST_SIMILAR
    ]
    return [
        {"need": need["id"], "state_text": need["state_text"]}
        | ({"title": need["title"]} if "title" in need else {})
        for need in found
    ]


def verify_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "verify")
    raised, waited = (
        datetime.fromisoformat(need["raised_at"]),
        service_level.waited(need, asked.now),
    )
    clocks = service_level.clocks(command["urgency"], asked.now, raised, waited)
    return _fact(
        "need_verified.v1", need["id"], {**command, **clocks, "by": asked.actor.id}
    )


def reject_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "reject")
    return _fact("need_rejected.v1", need["id"], {**command, "by": asked.actor.id})


def appeal_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = of_mine(docs, command, asked, "appeal")
    appeals.must_be_first_and_in_time(need, called(need), asked)
    return _noted(
        "need_appealed.v1",
        need["id"],
        {"by": asked.actor.id, "note": asked.new_id},
        asked,
        command["words"],
    )


def decide_appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(
        docs, command, asked, "uphold_appeal" if command["upheld"] else "dismiss_appeal"
    )
    appeals.must_be_another(need, asked)
    return _fact(
        "need_appeal_decided.v1", need["id"], {**command, "by": asked.actor.id}
    )


def ask_resident(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "ask")
    if need["waiting"]:
        raise Refused("already_waiting", "已经问过提出人，还在等回答")
    data = {
        "by": asked.actor.id,
        "note": asked.new_id,
        **service_level.left(need, asked.now),
    }
    return _noted("resident_asked.v1", need["id"], data, asked, command["words"])


def answer_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = of_mine(docs, command, asked, "answer")
    if not need["waiting"]:
        raise Refused("not_asked", "没有等待回答的询问")
    data = {
        "by": asked.actor.id,
        "note": asked.new_id,
        **service_level.resumed(need, asked.now),
    }
    return _noted("resident_answered.v1", need["id"], data, asked, command["words"])


def confirm_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By whom it was for, or by a community worker who has called on them; never by the unit."""
    need = of_mine(docs, command, asked, "confirm")
    _must_not_be_own_work(docs, need, asked)
    way = "beneficiary" if asked.actor.id == need.get("beneficiary") else "visit"
    told = {"way": way, "by": asked.actor.id, **service_level.closing(need, asked.now)}
    close_at = instant(asked.now + CLOSES_AFTER)
    return _rated(
        "need_confirmed.v1",
        need,
        {**_of(need), **told, "close_at": close_at},
        command,
        asked,
    )


def rate_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = of_mine(docs, command, asked, "rate")
    _must_not_be_own_work(docs, need, asked)
    if "score" in need:
        raise Refused("already_rated", "已经评价过这项需求")
    return _rated("need_rated.v1", need, {"by": asked.actor.id}, command, asked)


def dispute_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = of_mine(docs, command, asked, "dispute")
    data = {**_of(need), "by": asked.actor.id, "note": asked.new_id}
    return _noted("need_disputed.v1", need["id"], data, asked, command["words"])


def send_back_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "send_back")
    COMMITMENT.must_allow(
        docs.the("commitments", need["commitment"]), "send_back", need["title"]
    )
    due_at = service_level.due_moment(command["due"], asked.now)
    return _fact(
        "need_sent_back.v1",
        need["id"],
        {**command, **_of(need), "by": asked.actor.id, "due_at": due_at},
    )


def settle_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = to_handle(docs, command, asked, "settle")
    return _fact(
        "need_closed.v1", need["id"], {**command, **_of(need), "by": asked.actor.id}
    )


def close_confirmed(docs: Reads, need: Json, asked: Asked) -> Fact | None:
    """Some days after it was confirmed."""
    return (
        _fact("need_closed.v1", need["id"], _of(need))
        if need["state"] in NEED.steps["close"].before
        else None
    )


def reopen_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Within a month of its confirmation, or of what was decided after a dispute, as a need verified now."""
    need = of_mine(docs, command, asked, "reopen")
    ended = datetime.fromisoformat(
        need["settled_at"] if "settled_at" in need else need["close_at"]
    )
    since = ended if "settled_at" in need else ended - CLOSES_AFTER
    if asked.now - since > REOPENS_WITHIN:
        raise Refused(
            "too_late_to_reopen",
            f"确认或裁定后 {REOPENS_WITHIN.days} 天内可以重新提出，现在请另提需求",
        )
    if need["reopened"] >= MOST_REOPENED:
        raise Refused(
            "reopened_too_often", f"一项需求最多重新提出 {MOST_REOPENED} 次，请另提需求"
        )
    clocks = service_level.clocks(need["urgency"], asked.now, asked.now)
    data = {**clocks, "by": asked.actor.id, "note": asked.new_id}
    return _noted("need_reopened.v1", need["id"], data, asked, command["words"])


def withdraw_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    need = of_mine(docs, command, asked, "withdraw")
    ended = {"commitment": need["commitment"]} if "commitment" in need else {}
    return _fact(
        "need_withdrawn.v1", need["id"], {**command, **ended, "by": asked.actor.id}
    )


def note_unclaimed(docs: Reads, need: Json, asked: Asked) -> Fact:
    return _overdue("claim", need)


def note_unfinished(docs: Reads, need: Json, asked: Asked) -> Fact:
    return _overdue("close", need)


def _overdue(clock: str, need: Json) -> Fact:
    data = {"clock": clock, "since": need[f"{clock}_by"]}
    return _fact("need_overdue.v1", need["id"], data)


def _must_not_be_own_work(docs: Reads, need: Json, asked: Asked) -> None:
    if is_own_work(docs, need, asked):
        raise Forbidden("由受益人确认和评价，办理的单位不能自己来", code="own_work")


def is_own_work(docs: Reads, need: Json, asked: Asked) -> bool:
    """True for the unit's liaison, and for whoever reported the need done, whatever other roles they have."""
    reported = the(docs, "commitments", need["commitment"])["done_by"] == asked.actor.id
    return reported or asked.actor.covers("unit_liaison", f"unit/{need['unit']}")


def _of(need: Json) -> Json:
    return {"commitment": need["commitment"]}


def _rated(type: str, need: Json, data: Json, command: Json, asked: Asked) -> Fact:
    score = {"score": command["score"]} if "score" in command else {}
    if "words" not in command:
        return _fact(type, need["id"], {**data, **score})
    return _noted(
        type,
        need["id"],
        {**data, **score, "note": asked.new_id},
        asked,
        command["words"],
    )


def _noted(type: str, need: str, data: Json, asked: Asked, words: str) -> Fact:
    return Fact(
        type, f"need/{need}", {**data, "need": need}, notes={asked.new_id: words}
    )


def _fact(type: str, need: str, data: Json) -> Fact:
    return Fact(type, f"need/{need}", {**data, "need": need})

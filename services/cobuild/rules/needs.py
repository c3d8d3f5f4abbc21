"""Needs: raised in a resident's words, verified or rejected, asked about, withdrawn."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from operator import itemgetter

from schemas.cobuild.needs import MOST_SIMILAR
from schemas.documents import Json, pick_present, without
from services.cobuild.model.lifecycles import LISTED, NEED, OPEN
from services.cobuild.model.tallies import need_tally
from services.cobuild.rules import bounds, service_level
from services.cobuild.rules.facts import residents, with_words
from services.cobuild.rules.rights import (
    called,
    of_mine,
    open_resolution,
    serves,
    to_handle,
)
from services.district import appeals, territory
from services.district.acting import must_act_for
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.persons.machines import must_be_a_person
from services.kit.views import Find, Reads


def raise_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A resident for himself, a community worker for anybody there or, naming nobody, for the community."""
    _must_be_there(docs, command, asked)
    me = asked.actor.id
    content = without(command, "words") | {"by": me}
    if not serves(asked, command["community"]):
        must_be_a_person(asked)
        _must_be_for_oneself(command, asked)
        content["beneficiary"] = me
    whom = content.get("beneficiary", "")
    must_act_for(docs, whom, "raise_need", "beneficiary", asked)
    if "resolution" in command:
        open_resolution(docs, command["resolution"], asked)
    bounds.must_have_room(
        docs, _tallies(content, asked), _bounds(content), "项需求", asked
    )
    listed = OPEN & LISTED if "beneficiary" in content else OPEN
    content["similar"] = similar(docs, command, listed)
    words = command["words"]
    whose = residents(docs, content)
    return with_words("need_raised.v1", asked.new_id, content, words, asked, whose)


def _must_be_there(docs: Reads, command: Json, asked: Asked) -> None:
    """Raises unless there is such a community, and the grid in it if one is named."""
    community = command["community"]
    today = local_day(asked.now)
    territory.known(docs, community, "community", today)
    if "grid" in command:
        territory.must_contain(docs, community, command["grid"], today)


def _must_be_for_oneself(command: Json, asked: Asked) -> None:
    if command.get("beneficiary", asked.actor.id) != asked.actor.id:
        says = "只能为自己提出；代为提出请由社区工作者进行"
        raise Forbidden(says, code="not_yours", path="beneficiary")


def _tallies(need: Json, asked: Asked) -> list[str]:
    """Under what it counts: for whom it is, or for the worker with all their keys."""
    if "beneficiary" in need:
        return [need_tally(need)]
    return [need_tally({"by": id}) for id in asked.hands]


def _bounds(need: Json) -> bounds.Bounds:
    if "beneficiary" not in need:
        return bounds.NEEDS_OF_A_PLACE
    if need["beneficiary"] == need["by"]:
        return bounds.OWN_NEEDS
    return bounds.NEEDS_BY_A_WORKER


def similar(docs: Reads, command: Json, states: AbstractSet[str]) -> list[Json]:
    """The latest open needs of the same category in the same community: a hint, never a refusal.

    Somebody's own need is shown to them, and what of others is not on the list yet is not.
    """
    alike = pick_present(command, "community", "category")
    needs: list[Json] = []
    for state in sorted(states):
        where = alike | {"state": state}
        needs += docs.find(
            Find("needs", where, "raised_at", limit=MOST_SIMILAR, newest_first=True)
        )
    needs.sort(key=itemgetter("raised_at", "id"), reverse=True)
    return [_assimilar(need) for need in needs[:MOST_SIMILAR]]


def _assimilar(need: Json) -> Json:
    return {"need": need["id"]} | pick_present(need, "state_text", "title")


def verify_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who serves the community. From now on both clocks run, less what was waited for an answer."""
    need = to_handle(docs, command, asked, "verify")
    now = asked.now
    raised = datetime.fromisoformat(need["raised_at"])
    waited = service_level.waited(need, now)
    content = command | {"by": asked.actor.id}
    content |= service_level.clocks(command["urgency"], now, raised, waited)
    return NEED.fact("need_verified.v1", need["id"], content)


def reject_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who serves the community, with a reason; an appeal may follow."""
    need = to_handle(docs, command, asked, "reject")
    content = command | {"by": asked.actor.id}
    return NEED.fact("need_rejected.v1", need["id"], content)


def appeal_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Once and in time, or raises `Refused`. The words can be erased."""
    need = of_mine(docs, command, asked, "appeal")
    appeals.must_be_first_and_in_time(need, called(need), asked)
    by = {"by": asked.actor.id}
    words = command["words"]
    whose = residents(docs, need)
    return with_words("need_appealed.v1", need["id"], by, words, asked, whose)


def decide_appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By another than who rejected it: raises `Refused` otherwise."""
    need = to_handle(docs, command, asked, appeals.step_of(command))
    appeals.must_be_another(need, asked)
    content = command | {"by": asked.actor.id}
    return NEED.fact("need_appeal_decided.v1", need["id"], content)


def ask_resident(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The clocks stop until there is an answer. Raises `Refused` while one is awaited already."""
    need = to_handle(docs, command, asked, "ask")
    if need["waiting"]:
        raise Refused("already_waiting", "已经问过提出人，还在等回答")
    content = service_level.left(need, asked.now) | {"by": asked.actor.id}
    words = command["words"]
    return with_words("resident_asked.v1", need["id"], content, words, asked)


def answer_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """The clocks run on. Raises `Refused` where nobody has asked."""
    need = of_mine(docs, command, asked, "answer")
    if not need["waiting"]:
        raise Refused("not_asked", "没有等待回答的询问")
    content = service_level.resumed(need, asked.now) | {"by": asked.actor.id}
    words = command["words"]
    whose = residents(docs, need)
    return with_words("resident_answered.v1", need["id"], content, words, asked, whose)


def withdraw_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Ends the commitment with it, where there is one."""
    need = of_mine(docs, command, asked, "withdraw")
    ended = pick_present(need, "commitment")
    content = command | ended | {"by": asked.actor.id}
    return NEED.fact("need_withdrawn.v1", need["id"], content)


def note_unclaimed(docs: Reads, need: Json, asked: Asked) -> Fact:
    """Time does, once nobody has taken it on within its time."""
    return _overdue("claim", need)


def note_unfinished(docs: Reads, need: Json, asked: Asked) -> Fact:
    """Time does, once it is not done within its time."""
    return _overdue("close", need)


def _overdue(clock: str, need: Json) -> Fact:
    content = {"clock": clock, "since": need[f"{clock}_by"]}
    return NEED.fact("need_overdue.v1", need["id"], content)

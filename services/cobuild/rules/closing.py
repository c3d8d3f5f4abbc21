"""How a need comes to its end: confirmed and rated, or disputed and settled; closed; raised again."""

from datetime import datetime, timedelta

from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.cobuild.rules import service_level
from services.cobuild.rules.facts import residents, with_words
from services.cobuild.rules.rights import is_of, of_mine, to_handle
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Reads

CLOSES_AFTER = timedelta(days=7)
REOPENS_WITHIN = timedelta(days=30)
MOST_REOPENED = 3


def confirm_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By whom it was for, or by a community worker who has called on them; never by the unit."""
    need = of_mine(docs, command, asked, "confirm")
    _must_not_be_own_work(docs, need, asked)
    content = pick(need, "commitment")
    way = "beneficiary" if is_of(need, asked) else "visit"
    content |= {"way": way, "by": asked.actor.id}
    content |= service_level.closing(need, asked.now)
    content["close_at"] = instant(asked.now + CLOSES_AFTER)
    return _rated(docs, "need_confirmed.v1", need, content, command, asked)


def rate_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Once, by whom it was for or who serves the community; never by the unit that did the work."""
    need = of_mine(docs, command, asked, "rate")
    _must_not_be_own_work(docs, need, asked)
    if "score" in need:
        raise Refused("already_rated", "已经评价过这项需求")
    return _rated(docs, "need_rated.v1", need, {"by": asked.actor.id}, command, asked)


def _rated(
    docs: Reads, type: str, need: Json, content: Json, command: Json, asked: Asked
) -> Fact:
    """With the score and the words of the rating, if it has any."""
    content = content | pick_present(command, "score")
    if "words" not in command:
        return NEED.fact(type, need["id"], content)
    whose, words = residents(docs, need), command["words"]
    return with_words(type, need["id"], content, words, asked, whose)


def dispute_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By whom it was for or who serves the community: it is not done as was reported. The words can be erased."""
    need = of_mine(docs, command, asked, "dispute")
    content = pick(need, "commitment") | {"by": asked.actor.id}
    words = command["words"]
    whose = residents(docs, need)
    return with_words("need_disputed.v1", need["id"], content, words, asked, whose)


def send_back_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who serves the community: the unit goes on, until a new day it is due."""
    need = to_handle(docs, command, asked, "send_back")
    commitment = docs.the("commitments", need["commitment"])
    COMMITMENT.must_allow(commitment, "send_back", need["title"])
    due_at = service_level.due_moment(command["due"], asked.now)
    content = command | pick(need, "commitment")
    content |= {"by": asked.actor.id, "due_at": due_at}
    return NEED.fact("need_sent_back.v1", need["id"], content)


def settle_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who serves the community: a dispute ends with the work as it was reported. Nobody settles one about theirs."""
    need = to_handle(docs, command, asked, "settle")
    _must_not_be_own_work(docs, need, asked)
    content = command | pick(need, "commitment") | {"by": asked.actor.id}
    return NEED.fact("need_closed.v1", need["id"], content)


def close_confirmed(docs: Reads, need: Json, asked: Asked) -> Fact | None:
    """Some days after it was confirmed."""
    if need["state"] not in NEED.steps["close"].before:
        return None
    return NEED.fact("need_closed.v1", need["id"], pick(need, "commitment"))


def reopen_need(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Within a month of its confirmation, or of what was decided after a dispute, as a need verified now."""
    need = of_mine(docs, command, asked, "reopen")
    if asked.now - _ended(need) > REOPENS_WITHIN:
        days = REOPENS_WITHIN.days
        says = f"确认或裁定后 {days} 天内可以重新提出，现在请另提需求"
        raise Refused("too_late_to_reopen", says)
    if need["reopened"] >= MOST_REOPENED:
        says = f"一项需求最多重新提出 {MOST_REOPENED} 次，请另提需求"
        raise Refused("reopened_too_often", says)
    clocks = service_level.clocks(need["urgency"], asked.now, asked.now)
    content = clocks | {"by": asked.actor.id}
    words = command["words"]
    whose = residents(docs, need)
    return with_words("need_reopened.v1", need["id"], content, words, asked, whose)


def _ended(need: Json) -> datetime:
    """When it was settled or, without a dispute, confirmed."""
    if "settled_at" in need:
        return datetime.fromisoformat(need["settled_at"])
    return datetime.fromisoformat(need["close_at"]) - CLOSES_AFTER


def _must_not_be_own_work(docs: Reads, need: Json, asked: Asked) -> None:
    if is_own_work(docs, need, asked):
        raise Forbidden(
            "由受益人和社区确认、评价和裁定，办理的单位不能自己来", code="own_work"
        )


def is_own_work(docs: Reads, need: Json, asked: Asked) -> bool:
    """True for the unit's liaison, and for whoever reported the need done, whatever other roles they have.

    So it is when they act for somebody, or have a machine do it.
    """
    commitment = docs.the("commitments", need["commitment"])
    if asked.is_oneself(commitment["done_by"]):
        return True
    return asked.actor.stands_for("unit_liaison", f"unit/{need['unit']}")

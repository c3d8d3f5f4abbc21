"""Talking about a commitment: each side asks and answers, proposes a time, and agrees to the other's."""

from datetime import datetime

from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.folds.tallies import talk_tally
from services.cobuild.model.lifecycles import COMMITMENT
from services.cobuild.rules import bounds
from services.cobuild.rules.rights import COMMITMENTS, answers_for, is_of, the, works_on
from services.district.calendar import local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads


def say(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _to_talk(docs, command, asked, "talk")
    told = {**_by(docs, commitment, asked), "note": asked.new_id}
    return _fact(
        "commitment_discussed.v1",
        commitment,
        told,
        notes={asked.new_id: command["words"]},
    )


def delete_message(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who wrote it, in any state; that there was one stays on the record."""
    commitment = concerned(docs, command, asked)
    message = docs.get("messages", command["message"])
    if message is None or message["commitment"] != commitment["id"]:
        raise Unknown(f"没有编号为 {command['message']} 的留言", path="message")
    if message["by"] != asked.actor.id:
        raise Forbidden("只有写的人可以删除", code="not_yours", path="message")
    if message["deleted"]:
        raise Refused("no_words", "这条留言已经删除")
    told = {"note": message["id"], "by": asked.actor.id}
    return _fact("message_deleted.v1", commitment, told, erases=(message["id"],))


def propose_time(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _to_talk(docs, command, asked, "arrange")
    _must_be_possible(commitment, command["starts_at"], asked)
    told = {**_by(docs, commitment, asked), "starts_at": command["starts_at"]}
    return _fact("time_proposed.v1", commitment, told)


def agree_time(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _to_talk(docs, command, asked, "arrange")
    by = _by(docs, commitment, asked)
    if "proposed_at" not in commitment:
        raise Refused("nothing_proposed", "还没有人提出时间，请先提出")
    if command["starts_at"] != commitment["proposed_at"]:
        says = f"现在提出的时间是 {_said(commitment['proposed_at'])}，请看过再同意"
        raise Refused("proposed_another", says, path="starts_at")
    if _is_unit(by["side"]) == _is_unit(commitment["proposed_by"]):
        raise Refused("own_proposal", "时间是您这一方提出的，请等对方同意")
    _must_be_possible(commitment, command["starts_at"], asked)
    return _fact(
        "time_agreed.v1", commitment, {**by, "starts_at": command["starts_at"]}
    )


def concerned(docs: Reads, command: Json, asked: Asked) -> Json:
    """The commitment, when the actor is of its unit, or the need's community or beneficiary."""
    says = "只有办理的单位、提出人、受益人和社区工作者可以查看和留言"
    return COMMITMENTS.admitted(
        docs, command["commitment"], asked, may=takes_part, says=says
    )


def takes_part(docs: Reads, commitment: Json, asked: Asked) -> bool:
    return works_on(docs, commitment, asked) or answers_for(
        docs, the(docs, "needs", commitment["need"]), asked
    )


def must_say_why_early(commitment: Json, command: Json, asked: Asked) -> None:
    """Raises when the work is reported done before the time agreed on, and nobody says why."""
    if is_early(commitment, asked) and "why_early" not in command:
        says = f"约定的时间是 {_said(commitment['agreed_at'])}，还没有到；提前做好了，请说明原因"
        raise Refused("before_agreed_time", says, path="why_early")


def is_early(commitment: Json, asked: Asked) -> bool:
    return instant(asked.now) < str(commitment.get("agreed_at", ""))


def _to_talk(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The commitment, when the actor takes part in it, its state allows the step, and not too much was said today."""
    commitment = concerned(docs, command, asked)
    COMMITMENT.must_allow(commitment, step, commitment["title"])
    tally = talk_tally(commitment["id"], asked.actor.id)
    bounds.must_have_room(docs, tally, bounds.TALKS, " 条留言和时间", asked)
    return commitment


def _by(docs: Reads, commitment: Json, asked: Asked) -> Json:
    return {"by": asked.actor.id, "side": _side(docs, commitment, asked)}


def _side(docs: Reads, commitment: Json, asked: Asked) -> str:
    """Whoever works for the unit speaks for it, whatever else they are: nobody agrees with themself."""
    if works_on(docs, commitment, asked):
        return "unit"
    return (
        "beneficiary"
        if is_of(the(docs, "needs", commitment["need"]), asked)
        else "community"
    )


def _is_unit(side: str) -> bool:
    return side == "unit"


def _must_be_possible(commitment: Json, starts_at: str, asked: Asked) -> None:
    if starts_at <= instant(asked.now):
        raise Invalid("这个时间已经过去", code="in_the_past", path="starts_at")
    if starts_at >= commitment["due_at"]:
        says = f"应在期限 {commitment['due']} 以内，更晚的请单位先推迟期限"
        raise Refused("after_due", says, path="starts_at")


def _said(moment: str) -> str:
    return local_minute(datetime.fromisoformat(moment))


def _fact(
    type: str,
    commitment: Json,
    told: Json,
    notes: dict[str, str] | None = None,
    erases: tuple[str, ...] = (),
) -> Fact:
    data = {"need": commitment["need"], "commitment": commitment["id"], **told}
    return Fact(
        type, f"need/{commitment['need']}", data, notes=notes or {}, erases=erases
    )

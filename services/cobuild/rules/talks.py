"""Talking about a commitment: each side asks and answers, proposes a time, and agrees to the other's."""

from datetime import datetime

from schemas.documents import Json
from schemas.fields import instant
from services.cobuild.model.lifecycles import COMMITMENT
from services.cobuild.model.tallies import talk_tally
from services.cobuild.rules import bounds
from services.cobuild.rules.facts import of_commitment
from services.cobuild.rules.rights import COMMITMENTS, answers_for, is_of, works_on
from services.district.calendar import day_in_words, local_minute
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads


def say(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _to_talk(docs, command, asked, "talk")
    content = _by(docs, commitment, asked) | {"note": asked.new_id}
    notes = {asked.new_id: command["words"]}
    return of_commitment("commitment_discussed.v1", commitment, content, notes=notes)


def delete_message(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who wrote it, in any state; that there was one stays on the record."""
    commitment = concerned(docs, command, asked)
    note = command["message"]
    message = docs.get("messages", note)
    if message is None or message["commitment"] != commitment["id"]:
        raise Unknown("没有这条留言", path="message")
    if not asked.is_me(message["by"]):
        raise Forbidden("只有写的人可以删除", code="not_yours", path="message")
    if message["deleted"]:
        raise Refused("no_words", "这条留言已经删除")
    content = {"note": note, "by": asked.actor.id}
    return of_commitment("message_deleted.v1", commitment, content, erases=(note,))


def propose_time(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _to_talk(docs, command, asked, "arrange")
    starts_at = command["starts_at"]
    _must_be_possible(commitment, starts_at, asked)
    content = _by(docs, commitment, asked) | {"starts_at": starts_at}
    return of_commitment("time_proposed.v1", commitment, content)


def agree_time(docs: Reads, command: Json, asked: Asked) -> Fact:
    commitment = _to_talk(docs, command, asked, "arrange")
    by = _by(docs, commitment, asked)
    starts_at = command["starts_at"]
    if "proposed_at" not in commitment:
        raise Refused("nothing_proposed", "还没有人提出时间，请先提出")
    if starts_at != commitment["proposed_at"]:
        proposed = _in_words(commitment["proposed_at"])
        says = f"现在提出的时间是 {proposed}，请看过再同意"
        raise Refused("proposed_another", says, path="starts_at")
    if _is_unit(by["side"]) == _is_unit(commitment["proposed_by"]):
        raise Refused("own_proposal", "时间是您这一方提出的，请等对方同意")
    _must_be_possible(commitment, starts_at, asked)
    content = by | {"starts_at": starts_at}
    return of_commitment("time_agreed.v1", commitment, content)


def concerned(docs: Reads, command: Json, asked: Asked) -> Json:
    """The commitment, when the actor is of its unit, or the need's community or beneficiary."""
    says = "只有办理的单位、提出人、受益人和社区工作者可以查看和留言"
    id = command["commitment"]
    return COMMITMENTS.admitted(docs, id, asked, may=takes_part, says=says)


def takes_part(docs: Reads, commitment: Json, asked: Asked) -> bool:
    """True for whoever works on the commitment, and who answers for its need."""
    if works_on(docs, commitment, asked):
        return True
    need = docs.the("needs", commitment["need"])
    return answers_for(docs, need, asked)


def must_say_why_early(commitment: Json, command: Json, asked: Asked) -> None:
    """Raises when the work is reported done before the time agreed on, and nobody says why."""
    if is_early(commitment, asked) and "why_early" not in command:
        agreed = _in_words(commitment["agreed_at"])
        says = f"约定的时间是 {agreed}，还没有到；提前做好了，请说明原因"
        raise Refused("before_agreed_time", says, path="why_early")


def is_early(commitment: Json, asked: Asked) -> bool:
    """True before the time agreed on; where none was, it is never early."""
    return instant(asked.now) < str(commitment.get("agreed_at", ""))


def _to_talk(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The commitment, when the actor takes part in it, its state allows the step, and not too much was said today."""
    commitment = concerned(docs, command, asked)
    COMMITMENT.must_allow(commitment, step, commitment["title"])
    tallies = [talk_tally(commitment["id"], id) for id in asked.hands]
    bounds.must_have_room(docs, tallies, bounds.TALKS, "条留言和时间", asked)
    return commitment


def _by(docs: Reads, commitment: Json, asked: Asked) -> Json:
    return {"by": asked.actor.id, "side": _side(docs, commitment, asked)}


def _side(docs: Reads, commitment: Json, asked: Asked) -> str:
    """Whoever works for the unit speaks for it, whatever else they are: nobody agrees with themself.

    Raises `Forbidden` for a key that is not lent that, and who works in another role: they would be the other side.
    """
    if works_on(docs, commitment, asked):
        return "unit"
    if asked.actor.stands_for("unit_liaison", f"unit/{commitment['unit']}"):
        says = "办理单位的联络员不能代表另一方，请以联络员的角色办理"
        raise Forbidden(says, code="own_work")
    need = docs.the("needs", commitment["need"])
    return "beneficiary" if is_of(need, asked) else "community"


def _is_unit(side: str) -> bool:
    return side == "unit"


def _must_be_possible(commitment: Json, starts_at: str, asked: Asked) -> None:
    if starts_at <= instant(asked.now):
        raise Invalid("这个时间已经过去", code="in_the_past", path="starts_at")
    if starts_at >= commitment["due_at"]:
        says = (
            f"应在期限 {day_in_words(commitment['due'])} 以内，更晚的请单位先推迟期限"
        )
        raise Refused("after_due", says, path="starts_at")


def _in_words(moment: str) -> str:
    return local_minute(datetime.fromisoformat(moment))

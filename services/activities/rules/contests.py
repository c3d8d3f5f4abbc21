"""A person contests the hours counted for them; who is responsible settles it within due time."""

from dataclasses import replace
from datetime import timedelta

from schemas.documents import Json, pick
from schemas.fields import instant
from schemas.persons import principal
from services.activities.folds.contests import contesting_tally
from services.activities.model.attendance import is_decided
from services.activities.model.lifecycles import ACTIVITY, CONTEST, STANDING_CONTEST
from services.activities.model.seating import seat_id
from services.activities.model.times import ends_of
from services.activities.rules.authority import may_keep, must_be_anothers
from services.activities.rules.corrections import must_decide, serves
from services.activities.rules.door import seated
from services.activities.rules.lookups import activity_seen, session_of
from services.district import working
from services.district.acting import words_are_of
from services.district.calendar import how_long, local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

CONTESTS = kind_of(CONTEST, "contests")
WINDOW = timedelta(days=90)
PRESS_AFTER_MIN = 3 * working.MINUTES_A_DAY
DUE_AFTER_MIN = 5 * working.MINUTES_A_DAY
MOST_A_DAY = 10


def contest_hours(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Within `WINDOW` of the session's end, one at a time. The words are a note of whose hours these are."""
    activity = activity_seen(docs, command, asked)
    person = command.get("person", asked.actor.id)
    _must_be_theirs(person, activity, asked)
    session = session_of(docs, activity, command)
    seat = seated(docs, activity, session, person)
    _must_be_in_time(session, asked)
    _must_not_stand(docs, seat)
    _must_not_be_too_many(docs, person, asked)
    content = pick(seat, "session", "person", "minutes") | _due(asked)
    content |= {
        "contest": asked.new_id,
        "note": asked.new_id,
        "by": asked.actor.id,
    }
    notes = {asked.new_id: command["words"]}
    id, whose = activity["id"], words_are_of(docs, principal(person))
    fact = ACTIVITY.fact("hours_contested.v1", id, content, notes=notes)
    return replace(fact, of=whose)


def _must_be_theirs(person: str, activity: Json, asked: Asked) -> None:
    if not _may_contest(person, activity["community"], asked):
        says = "只能对自己和家人的时长提出异议；代办请由社区工作者进行"
        raise Forbidden(says, code="not_yours", path="person")


def _must_not_stand(docs: Reads, seat: Json) -> None:
    if "contest" not in seat:
        return
    contest = docs.the("contests", seat["contest"])
    if contest["state"] in STANDING_CONTEST:
        says = f"这一场的时长异议{contest['state_text']}，不用再提"
        raise Refused("already_contested", says, path="person")


def _due(asked: Asked) -> Json:
    press_at = working.after(asked.now, PRESS_AFTER_MIN)
    due_at = working.after(asked.now, DUE_AFTER_MIN)
    return {"press_at": instant(press_at), "due_at": instant(due_at)}


def settle_contest(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By the host, once overdue by who serves the place; never by who is concerned."""
    contest = contest_seen(docs, command, asked)
    activity = docs.the("activities", contest["activity"])
    must_decide(docs, activity, asked)
    upheld = command["upheld"]
    step = "uphold" if upheld else "dismiss"
    CONTEST.must_allow(contest, step, _named(docs, contest))
    _must_be_impartial(docs, contest, asked)
    if contest["state"] == "overdue" and not serves(activity, asked):
        says = "已经逾期，改由社区或街道处理"
        raise Forbidden(says, code="contest_overdue", path="contest")
    if upheld and not contest["corrected"]:
        raise Refused("not_corrected", "支持异议前，请先更正时长", path="upheld")
    content = pick(command, "upheld", "reason")
    content["by"] = asked.actor.id
    return _moved("contest_settled.v1", contest, content)


def withdraw_contest(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who contested, or whose hours these are."""
    contest = _own_contest(docs, command, asked)
    CONTEST.must_allow(contest, "withdraw", _named(docs, contest))
    return _moved("contest_withdrawn.v1", contest)


def delete_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What was said is nobody's business any more; that the hours were contested stays."""
    contest = _own_contest(docs, command, asked)
    if "note" not in contest:
        raise Refused("no_words", "说明已经删除", path="contest")
    content = _about(contest) | pick(contest, "note")
    activity = contest["activity"]
    erased = (contest["note"],)
    return ACTIVITY.fact("contest_words_deleted.v1", activity, content, erases=erased)


def press(docs: Reads, contest: Json, asked: Asked) -> Fact:
    """Time does, before it is overdue."""
    return _moved("contest_pressed.v1", contest)


def escalate(docs: Reads, contest: Json, asked: Asked) -> Fact:
    """Time does, once it is overdue."""
    return _moved("contest_overdue.v1", contest)


def contest_seen(docs: Reads, command: Json, asked: Asked) -> Json:
    """The contest, for whom it concerns and those who may settle it; to others it is as if it were not there."""
    return CONTESTS.found(docs, command["contest"], asked, sees=_sees)


def _own_contest(docs: Reads, command: Json, asked: Asked) -> Json:
    says = "只能撤回自己提出的异议，只能删除自己的说明"
    return CONTESTS.admitted(
        docs,
        command["contest"],
        asked,
        may=_is_theirs,
        sees=_sees,
        says=says,
        path="contest",
    )


def _sees(docs: Reads, contest: Json, asked: Asked) -> bool:
    return (
        _is_theirs(docs, contest, asked)
        or may_keep(docs, contest["host"], asked)
        or serves(contest, asked)
    )


def _is_theirs(docs: Reads, contest: Json, asked: Asked) -> bool:
    """Whose hours these are, and who contested them, as long as they may."""
    if not any(map(asked.is_me, (contest["by"], principal(contest["person"])))):
        return False
    return _may_contest(contest["person"], contest["community"], asked)


def _must_be_impartial(docs: Reads, contest: Json, asked: Asked) -> None:
    """Not whoever raised it, nor whose hours these are, nor who had decided them before they were contested."""
    if asked.is_oneself(contest["by"]):
        says = "不能处理自己提出的异议，只能撤回"
        raise Forbidden(says, code="own_contest", path="contest")
    must_be_anothers(contest["person"], asked, path="contest")
    if _had_decided(docs, contest, asked):
        says = "这一时长是您更正的，对它的异议要由别人处理"
        raise Forbidden(says, code="own_decision", path="contest")


def _had_decided(docs: Reads, contest: Json, asked: Asked) -> bool:
    """Whether the actor had decided the hours before they were contested."""
    seat = docs.get("seats", seat_id(contest["session"], contest["person"]))
    if seat is None or contest["corrected"]:
        return False
    return is_decided(seat) and asked.is_oneself(seat.get("recorded_by"))


def is_impartial(docs: Reads, contest: Json, asked: Asked) -> bool:
    """True when the actor neither contested, nor is concerned, nor had decided the hours."""
    try:
        _must_be_impartial(docs, contest, asked)
    except Forbidden:
        return False
    return True


def _may_contest(person: str, community: str, asked: Asked) -> bool:
    """One contests for oneself and one's guests, or as a community worker of the place."""
    own = asked.actor.id == principal(person)
    return own or asked.actor.covers("community_worker", community)


def _must_be_in_time(session: Json, asked: Asked) -> None:
    ends, says = ends_of(session), "活动结束后才能对时长提出异议"
    if session["state"] == "cancelled":
        raise Refused("not_over_yet", says, path="session")
    if asked.now < ends:
        says = f"{says}，离结束还有 {how_long(ends - asked.now)}"
        raise Refused("not_over_yet", says, path="session")
    if asked.now > ends + WINDOW:
        says = f"活动结束已超过 {WINDOW.days} 天，不能再提出异议"
        raise Refused("too_late_to_contest", says, path="session")


def _must_not_be_too_many(docs: Reads, person: str, asked: Asked) -> None:
    """Whoever raises them for somebody: each is work for the host, and in the end for the street."""
    tally = docs.get("tallies", contesting_tally(person, asked.actor.id))
    if times_on(tally, local_day(asked.now)) >= MOST_A_DAY:
        says = f"今天已经提出 {MOST_A_DAY} 次时长异议，请明天再提"
        raise Refused("too_many_today", says)


def _moved(type: str, contest: Json, content: Json | None = None) -> Fact:
    content = _about(contest) | (content or {})
    return ACTIVITY.fact(type, contest["activity"], content)


def _about(contest: Json) -> Json:
    return pick(contest, "session", "person") | {"contest": contest["id"]}


def _named(docs: Reads, contest: Json) -> str:
    session = docs.the("sessions", contest["session"])
    return f"《{session['title']}》的时长异议"

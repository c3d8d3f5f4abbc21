"""At the door: check-in and check-out, by its code, by a person's own, from the roster; and what they thought of it."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from schemas.activities.door import MOST_SCANS
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.attendance import Scan, is_decided, is_inside, scanned
from services.activities.model.lifecycles import ACTIVITY, SIGNUP, STANDING
from services.activities.rules import codes
from services.activities.rules.authority import may_keep, must_be_anothers
from services.activities.rules.codes import must_be_of_the_door
from services.activities.rules.door_times import must_be_in_time, must_take_marks
from services.activities.rules.guests import whom
from services.activities.rules.lookups import activity_kept, activity_seen, session_of
from services.activities.rules.minutes import figures
from services.activities.rules.proofs import (
    Seen,
    by_the_door,
    by_the_keeper,
    must_be_unused,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Reads


class Visit(NamedTuple):
    """Who is at which door, and how that is known."""

    activity: Json
    session: Json
    seat: Json
    seen: Seen

    @property
    def at(self) -> datetime:
        return self.seen.at

    def scan(self, direction: str) -> Scan:
        return {"direction": direction, "at": instant(self.at), "way": self.seen.way}


def door_code(session: Json, key: bytes, asked: Asked) -> Json:
    """What the QR shown at the door says."""
    return codes.door_code(session["id"], key, asked.now)


def check_in(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    visit = _visit(docs, command, asked, key)
    if visit.seat["inside_since"] is not None or is_inside(
        visit.seat["scans"], visit.at
    ):
        raise Refused("already_checked_in", f"{visit.seat['person']} 已经签到")
    return marked(docs, visit, "in")


def check_out(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    visit = _visit(docs, command, asked, key)
    if visit.seat["inside_since"] is None:
        raise Refused("not_checked_in", f"{visit.seat['person']} 还没有签到")
    if instant(visit.at) < visit.seat["inside_since"]:
        raise Refused("before_check_in", "签退时间早于签到时间", path="at")
    return marked(docs, visit, "out")


def rate(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = activity_seen(docs, command, asked)
    session = session_of(docs, activity, command)
    seat = docs.get("seats", f"{session['id']}:{asked.actor.id}")
    if seat is None or not seat["attended"]:
        raise Refused("not_attended", "参加过活动的人才能评价")
    if seat["score"] is not None:
        raise Refused("already_rated", "您已经评价过这次活动")
    data = {
        "session": seat["session"],
        "person": seat["person"],
        "score": command["score"],
    }
    if "words" not in command:
        return ACTIVITY.fact("activity_rated.v1", activity["id"], data)
    rated = ACTIVITY.fact(
        "activity_rated.v1", activity["id"], {**data, "note": asked.new_id}
    )
    return Fact(
        rated.type, rated.stream, rated.data, notes={asked.new_id: command["words"]}
    )


def delete_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What somebody said in their rating is gone; their score stays."""
    activity = activity_seen(docs, command, asked)
    session = session_of(docs, activity, command)
    seat = docs.get("seats", f"{session['id']}:{asked.actor.id}")
    if seat is None or "note" not in seat:
        raise Refused("no_words", "您对这次活动没有留言，或已经删除")
    told = {"session": session["id"], "person": seat["person"], "note": seat["note"]}
    return replace(
        ACTIVITY.fact("rating_words_deleted.v1", activity["id"], told),
        erases=(seat["note"],),
    )


def appraise(docs: Reads, command: Json, asked: Asked) -> Fact:
    """How somebody served. Said again, it is changed."""
    activity = activity_kept(docs, command, asked)
    must_be_anothers(command["person"], asked, path="person")
    session = session_of(docs, activity, command)
    seat = seated(docs, activity, session, command["person"])
    if not seat["attended"]:
        raise Refused(
            "not_attended", f"{seat['person']} 没有到场，不能评价", path="person"
        )
    told = {
        "session": session["id"],
        **{name: command[name] for name in ("person", "grade")},
    }
    return ACTIVITY.fact(
        "service_appraised.v1", activity["id"], {**told, "by": asked.actor.id}
    )


def marked(docs: Reads, visit: Visit, direction: str) -> Fact:
    """What a scan becomes, with the person's figures as they are after it; kept only, when it changes none."""
    if len(visit.seat["scans"]) >= MOST_SCANS:
        raise Refused(
            "too_many_scans",
            f"{visit.seat['person']} 在本场已有 {MOST_SCANS} 次记录，不能再多",
        )
    scan = visit.scan(direction)
    after = scanned(visit.seat, visit.session, scan)
    data = {
        "session": visit.session["id"],
        "person": visit.seat["person"],
        **visit.seen.more,
    }
    data |= {"at": scan["at"], "way": scan["way"]}
    told = figures(docs, after)
    if is_decided(visit.seat) or not after["attended"]:
        elsewhere = {name: told[name] for name in ("recount",) if name in told}
        return ACTIVITY.fact(
            "scan_kept.v1",
            visit.activity["id"],
            {**data, "direction": direction, **elsewhere},
        )
    return ACTIVITY.fact(
        f"checked_{direction}.v1", visit.activity["id"], {**data, **told}
    )


def seated(docs: Reads, activity: Json, session: Json, person: str) -> Json:
    """The person's confirmed seat."""
    seat = docs.get("seats", f"{session['id']}:{person}")
    if seat is not None and seat["state"] == "missed":
        raise Refused(
            "not_signed_up",
            f"{person} 没有轮到候补，如还有空位，请主办方按直接到场登记",
            path="person",
        )
    if seat is None or seat["state"] not in STANDING:
        says = f"{person} 没有报名《{activity['title']}》的这一场；确实来了的，请按现场参加登记"
        raise Refused("not_signed_up", says, path="person")
    if seat["state"] != "confirmed":
        raise Refused(
            "still_waiting",
            f"{person} 还没有座位：{SIGNUP.texts[seat['state']]}",
            path="person",
        )
    return seat


def _visit(docs: Reads, command: Json, asked: Asked, key: bytes) -> Visit:
    activity = activity_seen(docs, command, asked)
    _must_prove_or_keep(docs, activity, command, asked)
    session = session_of(docs, activity, command)
    seen = _seen(docs, command, session, asked, key)
    must_take_marks(activity, session)
    seat = seated(docs, activity, session, seen.person)
    if is_decided(seat):
        raise Refused(
            "hours_decided",
            f"{seen.person} 本场的时长已经更正，不能再签到签退",
            path="person",
        )
    must_be_in_time(session, seen.at, asked)
    must_be_unused(docs, seen)
    return Visit(activity, session, seat, seen)


def _must_prove_or_keep(
    docs: Reads, activity: Json, command: Json, asked: Asked
) -> None:
    if "code" not in command and not may_keep(docs, activity["host"], asked):
        raise Forbidden(
            "只有主办方可以按名单签到；自己签到请扫现场二维码", code="not_your_host"
        )


def _seen(docs: Reads, command: Json, session: Json, asked: Asked, key: bytes) -> Seen:
    """Whom the command is about, when it was, and how that is known."""
    if "code" not in command:
        return by_the_keeper(command, asked, key)
    must_be_of_the_door(command["code"], session["id"], key, asked.now)
    person = whom(asked.actor.id, str(command.get("person", asked.actor.id)), "person")
    _must_be_own(docs, session, person, asked)
    return by_the_door(command, person, asked)


def _must_be_own(docs: Reads, session: Json, person: str, asked: Asked) -> None:
    """A code checks in oneself and one's guests: nobody's record comes from another's scan."""
    if (
        person != asked.actor.id
        and docs.get("seats", f"{session['id']}:{person}") is None
    ):
        raise Forbidden(
            "只能为自己和自己报名的家人签到", code="not_yours", path="person"
        )

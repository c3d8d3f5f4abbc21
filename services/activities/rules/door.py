"""At the door: check-in and check-out, by its code, by a person's own, from the roster; and what they thought of it."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from schemas.activities.door import MOST_SCANS
from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from schemas.persons import called
from services.activities.model.attendance import (
    Scan,
    first_entry,
    is_decided,
    is_inside,
    scanned,
)
from services.activities.model.lifecycles import ACTIVITY, SIGNUP, STANDING
from services.activities.model.seating import seat_of
from services.activities.model.times import moment
from services.activities.rules import codes
from services.activities.rules.authority import may_keep, must_be_anothers
from services.activities.rules.codes import must_be_of_the_door
from services.activities.rules.door_times import must_be_in_time, must_take_marks
from services.activities.rules.guests import whom
from services.activities.rules.lookups import activity_kept, activity_seen, session_of
from services.activities.rules.minutes import figures
from services.activities.rules.proofs import (
    Seen,
    by_a_seat,
    by_the_door,
    by_the_keeper,
    must_be_unused,
    of_survivor,
)
from services.activities.rules.seat_codes import whose
from services.district.calendar import LOCAL
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
        return {
            "direction": direction,
            "at": instant(self.at),
            "way": self.seen.way,
        }


def door_code(session: Json, key: bytes, asked: Asked) -> Json:
    """What the QR shown at the door says."""
    return codes.door_code(session["id"], key, asked.now)


def check_in(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    """Raises `Refused` for who is inside, or was at that moment."""
    visit = _visit(docs, command, asked, key)
    seat = visit.seat
    if seat["inside_since"] is not None or is_inside(seat["scans"], visit.at):
        raise Refused("already_checked_in", _already(seat))
    return marked(docs, visit, "in")


def _already(seat: Json) -> str:
    """The first to come is there: whoever comes second with the same code is told since when."""
    since = first_entry(seat)
    at = f"{moment(since).astimezone(LOCAL):%H:%M}" if since else ""
    return f"{called(seat['person'])} 已在 {at} 签到"


def check_out(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    """Raises `Refused` for who is not inside, or would leave before they came."""
    visit = _visit(docs, command, asked, key)
    seat = visit.seat
    if seat["inside_since"] is None:
        raise Refused("not_checked_in", f"{seat['person']} 还没有签到")
    if instant(visit.at) < seat["inside_since"]:
        raise Refused("before_check_in", "签退时间早于签到时间", path="at")
    return marked(docs, visit, "out")


def rate(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who was there, once. Their words are a note, and no part of the event."""
    activity = activity_seen(docs, command, asked)
    _must_not_be_the_hosts(docs, activity, asked)
    session = session_of(docs, activity, command)
    seat = seat_of(docs, session, asked.actor.id)
    if seat is None or not seat["attended"]:
        raise Refused("not_attended", "参加过活动的人才能评价")
    if seat["score"] is not None:
        raise Refused("already_rated", "您已经评价过这次活动")
    content = pick(seat, "session", "person") | {"score": command["score"]}
    notes = {}
    if "words" in command:
        content["note"] = asked.new_id
        notes[asked.new_id] = command["words"]
    return ACTIVITY.fact("activity_rated.v1", activity["id"], content, notes=notes)


def _must_not_be_the_hosts(docs: Reads, activity: Json, asked: Asked) -> None:
    """Whoever holds an activity praises it in nobody's name."""
    through = asked.actor.through
    if through is None:
        return
    who = replace(asked, actor=through.in_all_offices)
    if may_keep(docs, activity["host"], who):
        says = "自己办的活动，请参加的人自己评价"
        raise Forbidden(says, code="own_work")


def delete_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What somebody said in their rating is gone; their score stays."""
    activity = activity_seen(docs, command, asked)
    session = session_of(docs, activity, command)
    seat = seat_of(docs, session, asked.actor.id)
    if seat is None or "note" not in seat:
        raise Refused("no_words", "您对这次活动没有留言，或已经删除")
    content = pick(seat, "session", "person", "note")
    erased = (seat["note"],)
    type = "rating_words_deleted.v1"
    return ACTIVITY.fact(type, activity["id"], content, erases=erased)


def appraise(docs: Reads, command: Json, asked: Asked) -> Fact:
    """How somebody served. Said again, it is changed."""
    activity = activity_kept(docs, command, asked)
    must_be_anothers(command["person"], asked, path="person")
    session = session_of(docs, activity, command)
    seat = seated(docs, activity, session, command["person"])
    if not seat["attended"]:
        says = f"{seat['person']} 没有到场，不能评价"
        raise Refused("not_attended", says, path="person")
    content = {
        "session": session["id"],
        "by": asked.actor.id,
    }
    content |= pick(command, "person", "grade")
    return ACTIVITY.fact("service_appraised.v1", activity["id"], content)


def marked(docs: Reads, visit: Visit, direction: str) -> Fact:
    """What a scan becomes, with the person's figures as they are after it; kept only, when it changes none."""
    seat = visit.seat
    activity = visit.activity["id"]
    if len(seat["scans"]) >= MOST_SCANS:
        says = f"{seat['person']} 在本场已有 {MOST_SCANS} 次记录，不能再多"
        raise Refused("too_many_scans", says)
    scan = visit.scan(direction)
    content = pick(seat, "session", "person")
    content |= visit.seen.more
    content |= pick(scan, "at", "way")
    after = scanned(seat, visit.session, scan)
    counted = figures(docs, after)
    if is_decided(seat) or not after["attended"]:
        content["direction"] = direction
        content |= pick_present(counted, "recount")
        return ACTIVITY.fact("scan_kept.v1", activity, content)
    return ACTIVITY.fact(f"checked_{direction}.v1", activity, content | counted)


def seated(docs: Reads, activity: Json, session: Json, person: str) -> Json:
    """The person's confirmed seat. Raises `Refused` when they have none."""
    seat = seat_of(docs, session, person)
    if seat is not None and seat["state"] == "missed":
        says = f"{person} 没有轮到候补，如还有空位，请主办方按直接到场登记"
        raise Refused("not_signed_up", says, path="person")
    if seat is None or seat["state"] not in STANDING:
        which = f"《{activity['title']}》的这一场"
        says = f"{person} 没有报名{which}；确实来了的，请按现场参加登记"
        raise Refused("not_signed_up", says, path="person")
    if seat["state"] != "confirmed":
        says = f"{person} 还没有座位：{SIGNUP.texts[seat['state']]}"
        raise Refused("still_waiting", says, path="person")
    return seat


def _visit(docs: Reads, command: Json, asked: Asked, key: bytes) -> Visit:
    activity = activity_seen(docs, command, asked)
    _must_prove_or_keep(docs, activity, command, asked)
    session = session_of(docs, activity, command)
    seen = _seen(docs, command, session, asked, key)
    must_take_marks(activity, session)
    seat = seated(docs, activity, session, seen.person)
    if is_decided(seat):
        says = f"{seen.person} 本场的时长已经更正，不能再签到签退"
        raise Refused("hours_decided", says, path="person")
    must_be_in_time(session, seen.at, asked)
    must_be_unused(docs, seen)
    return Visit(activity, session, seat, seen)


def _must_prove_or_keep(
    docs: Reads, activity: Json, command: Json, asked: Asked
) -> None:
    if "code" not in command and not may_keep(docs, activity["host"], asked):
        says = "只有主办方可以按名单签到；自己签到请扫现场二维码"
        raise Forbidden(says, code="not_your_host")


def _seen(docs: Reads, command: Json, session: Json, asked: Asked, key: bytes) -> Seen:
    """Whom the command is about, when it was, and how that is known."""
    if "seat_code" in command:
        person = whose(docs, session, command["seat_code"], key)
        return by_a_seat(command, person, asked)
    if "code" not in command:
        return of_survivor(docs, by_the_keeper(command, asked, key))
    must_be_of_the_door(command["code"], session["id"], key, asked.now)
    me = asked.actor.id
    person = whom(me, str(command.get("person", me)), "person")
    _must_be_own(docs, session, person, asked)
    return by_the_door(command, person, asked)


def _must_be_own(docs: Reads, session: Json, person: str, asked: Asked) -> None:
    """A code checks in oneself and one's guests: nobody's record comes from another's scan."""
    if person != asked.actor.id and seat_of(docs, session, person) is None:
        says = "只能为自己和自己报名的家人签到"
        raise Forbidden(says, code="not_yours", path="person")

"""Seats: a party gets all it asks for or waits together, and a seat given up goes to the first group that fits."""

from collections.abc import Iterator

from services.activities.rules.authority import may_keep, must_speak_for, now_text, why_paused
from services.activities.rules.lifecycle import the_activity
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Find, Overlay

NOT_OPEN = {
    "draft": ("not_open", "还没有开放报名"),
    "submitted": ("not_open", "还没有开放报名"),
    "published": ("not_open", "还没有开放报名"),
    "running": ("signup_closed", "已经开始，报名已截止"),
    "closed": ("signup_closed", "已经结束"),
    "archived": ("signup_closed", "已经结束"),
    "cancelled": ("activity_cancelled", "已经取消"),
}


def sign_up(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    _must_be_open(docs, activity, asked)
    session = docs.the("sessions", activity["session"])
    party = command["party"]
    _must_be_free(docs, session, party)
    free = session["capacity"] - session["taken"]
    data = {
        "activity": activity["id"],
        "session": session["id"],
        "signup": asked.new_id,
        "by": asked.actor.id,
        "party": party,
        "ticket": session["tickets"] + 1,
    }
    stream = f"activity/{activity['id']}"
    if len(party) <= free:
        return Fact("signup_confirmed.v1", stream, data)
    return Fact("signup_waitlisted.v1", stream, {**data, "position": session["waiting"] + 1})


def cancel_signup(docs: Overlay, command: Data, asked: Asked) -> Fact:
    signup = docs.get("signups", command["signup"])
    if signup is None:
        raise Unknown(f"没有编号为 {command['signup']} 的报名", path="signup")
    activity = docs.the("activities", signup["activity"])
    if not may_keep(docs, activity["host"], asked):
        must_speak_for(asked.actor, signup["by"], activity["community"])
    _must_be_cancellable(docs, signup, activity, asked)
    data = {
        "activity": activity["id"],
        "session": signup["session"],
        "signup": signup["id"],
        "late": now_text(asked) >= activity["cutoff"],
        "promoted": [group["id"] for group in _promoted(docs, signup)],
    }
    return Fact("signup_cancelled.v1", f"activity/{activity['id']}", data)


def _must_be_open(docs: Overlay, activity: Doc, asked: Asked) -> None:
    if activity["state"] in NOT_OPEN:
        code, why = NOT_OPEN[activity["state"]]
        raise Refused(code, f"《{activity['title']}》{why}")
    if now_text(asked) >= activity["cutoff"]:
        raise Refused("signup_closed", f"《{activity['title']}》报名已截止")
    if why := why_paused(docs, activity["host"]):
        raise Refused("host_suspended", f"《{activity['title']}》的主办方{why}，暂不接受新的报名", source="partners")


def _must_be_free(docs: Overlay, session: Doc, party: list[Data]) -> None:
    persons = [member["person"] for member in party]
    if len(set(persons)) < len(persons):
        raise Refused("person_twice", "同一个人在名单里出现了两次", path="party")
    if len(party) > session["capacity"]:
        raise Refused("party_larger_than_capacity", f"本场一共只有 {session['capacity']} 个名额", path="party")
    for place, person in enumerate(persons):
        seat = docs.get("seats", f"{session['id']}:{person}")
        if seat is not None and seat["state"] != "cancelled":
            raise Refused("already_signed_up", f"{person} 已经报名本场", path=f"party/{place}/person")


def _must_be_cancellable(docs: Overlay, signup: Doc, activity: Doc, asked: Asked) -> None:
    if signup["state"] == "cancelled":
        raise Refused("already_cancelled", "这个报名已经取消过了")
    if activity["state"] not in {"published", "open"} or now_text(asked) >= activity["starts_at"]:
        raise Refused("already_started", "活动已经开始或结束，不能再取消报名")
    seats = (docs.the("seats", f"{signup['session']}:{member['person']}") for member in signup["party"])
    if any(seat["attended"] for seat in seats):
        raise Refused("already_checked_in", "已经有人签到，不能再取消报名")


def _promoted(docs: Overlay, given_up: Doc) -> Iterator[Doc]:
    """The waiting groups that fit in the seats `given_up` leaves free, first come first served, none split."""
    if given_up["state"] != "confirmed":
        return
    session = docs.the("sessions", given_up["session"])
    free = session["capacity"] - session["taken"] + given_up["size"]
    after = 0
    while free and (group := _first_that_fits(docs, session, free, after)):
        yield group
        free -= group["size"]
        after = group["ticket"]


def _first_that_fits(docs: Overlay, session: Doc, free: int, after: int) -> Doc | None:
    """The group with the lowest ticket above `after` and at most `free` seats; one short look per size of group."""
    groups: list[Doc] = []
    for size in range(1, min(free, 6) + 1):
        where = {"session": session["id"], "state": "waiting", "size": size}
        groups += docs.find(Find("signups", where, "ticket", since=after + 1, limit=1))
    return min(groups, key=lambda group: group["ticket"], default=None)

"""Who holds which role where."""

from datetime import date, datetime, timedelta

from schemas.documents import Json
from schemas.fields import instant
from schemas.people.roles import BY_ROSTER, BY_TERM
from services.district.calendar import LOCAL, day_ends, day_of
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.people.folds.accounts import outgrow_password
from services.people.folds.audit import note_role_ended
from services.people.folds.ending import end_ways_in, touch_access
from services.people.model.granting import ADMINISTRATORS
from services.people.model.lasting import OF_STAFF
from services.people.model.lifecycles import GRANT, SESSION

OPEN = ("planned", "held")
BATCH = 100
COLLECTIONS = (
    Collection(
        "grants",
        (
            ("person", "id"),
            ("person", "state", "id"),
            ("person", "role", "scope", "state", "id"),
            ("role", "scope", "state", "id"),
            ("scope", "state", "id"),
            ("entry", "state", "id"),
            ("state", "begins"),
            ("state", "ends"),
        ),
    ),
)


def fold_granted(docs: Overlay, event: Event) -> None:
    _take_up(docs, event, event.without("grant"))


def fold_followed(docs: Overlay, event: Event) -> None:
    """There is one in such an office: whoever had it has it until the day before."""
    content = event.without("grant") | {"basis": BY_TERM}
    _cut_off(docs, event, event.data["since"])
    _take_up(docs, event, content)


def fold_roster_followed(docs: Overlay, event: Event) -> None:
    _take_up(docs, event, event.without("grant") | {"basis": BY_ROSTER})


def fold_roster_left(docs: Overlay, event: Event) -> None:
    _take(docs, event, "give_way")


def fold_ended(docs: Overlay, event: Event) -> None:
    _cut_off(docs, event, event.data["on"])


def _take_up(docs: Overlay, event: Event, content: Json) -> None:
    """In force at once, unless its first day is still to come, or its last is over already."""
    grant = GRANT.begun(content | {"id": event.data["grant"]} | _term(event))
    today = day_of(event.time)
    if content["since"] <= today:
        grant = GRANT.after(grant, "begin")
    if content.get("until", today) < today:
        grant = GRANT.after(grant, "expire")
    docs.put("grants", grant)
    end_ways_in(docs, content["person"])
    _end_what_took_less(docs, event, content)
    if content["role"] in ADMINISTRATORS:
        office, by = _office(content), content["by"]
        outgrow_password(docs, content["person"], office, by)
    touch_access(docs, content["person"])


def offices_of(docs: Overlay, person: str) -> list[str]:
    """What somebody administers or is to: by which their password was chosen in that rank."""
    finds = (Find("grants", {"person": person, "state": each}, "id") for each in OPEN)
    grants = [grant for find in finds for grant in every(docs, find)]
    return [_office(grant) for grant in grants if grant["role"] in ADMINISTRATORS]


def _office(grant: Json) -> str:
    return f"{grant['role']} {grant['scope']}"


def _end_what_took_less(docs: Overlay, event: Event, content: Json) -> None:
    """Sessions by a code somebody of lesser rank has seen; of who administers others all, for the second factor."""
    find = Find("sessions", {"person": content["person"], "state": "live"}, "id")
    for session in list(every(docs, find)):
        if session["way"] == "desk" or content["role"] in ADMINISTRATORS:
            docs.put("sessions", SESSION.after(session, "end_all"))
        else:
            until = min(session["until"], _until(event))
            docs.put("sessions", session | {"until": until})


def _until(event: Event) -> str:
    """When a session ends that begins now: the others last no longer."""
    return instant(datetime.fromisoformat(event.time) + OF_STAFF)


def _term(event: Event) -> dict[str, str]:
    """When it begins and, where it has an end, ends: as moments."""
    first = datetime.fromisoformat(event.data["since"]).replace(tzinfo=LOCAL)
    term = {"begins": instant(first)}
    if "until" in event.data:
        term["ends"] = instant(day_ends(event.data["until"]))
    return term


def _cut_off(docs: Overlay, event: Event, since: str) -> None:
    """Nobody holds the office any more from that day: who began earlier until the day before, others never did."""
    for state in OPEN:
        office = {"role": event.data["role"], "scope": event.data["scope"]}
        find = Find("grants", office | {"state": state}, "id", limit=BATCH)
        for grant in list(every(docs, find)):
            if grant["since"] < since:
                _end_before(docs, event, grant, since)
            else:
                _give_way(docs, event, grant)


def _end_before(docs: Overlay, event: Event, grant: Json, day: str) -> None:
    """At once, when that day has come."""
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    until = min(grant.get("until", eve), eve)
    shorter = grant | {"until": until, "ends": instant(day_ends(until))}
    docs.put("grants", shorter)
    if day <= day_of(event.time):
        _give_way(docs, event, shorter)


def _give_way(docs: Overlay, event: Event, grant: Json) -> None:
    _step(docs, grant, "give_way")
    note_role_ended(docs, event, grant)


def fold_begun(docs: Overlay, event: Event) -> None:
    _take(docs, event, "begin")


def fold_revoked(docs: Overlay, event: Event) -> None:
    _take(docs, event, "revoke")
    docs.change("grants", event.data["grant"], reason=event.data["reason"])


def fold_expired(docs: Overlay, event: Event) -> None:
    _take(docs, event, "expire")


def _take(docs: Overlay, event: Event, step: str) -> None:
    _step(docs, docs.the("grants", event.data["grant"]), step)


def _step(docs: Overlay, grant: Json, step: str) -> None:
    docs.put("grants", GRANT.after(grant, step))
    touch_access(docs, grant["person"])


FOLDS: Folds = {
    "role_granted.v1": fold_granted,
    "role_begun.v1": fold_begun,
    "role_revoked.v1": fold_revoked,
    "role_expired.v1": fold_expired,
    "office_followed.v1": fold_followed,
    "office_ended.v1": fold_ended,
    "roster_followed.v1": fold_roster_followed,
    "roster_left.v1": fold_roster_left,
}

"""An activity, its session, a sign-up, and what comes of taking part, each in every state."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.activities.model import lifecycles
from services.activities.rules import codes
from services.activities.rules.calendars import hashed, secret_of
from services.kit.lifecycle import LifeCycle
from services.kit.log import Fact
from tests.examples import activities as examples
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, SIGNUP, STREAM
from tests.given import DIVISIONS, division, example_of
from tests.matrix.subjects import ALWAYS, Scene, Subject, told
from tests.unit.activities.stage import BEFORE, BRANCH, DIVISION, STARTS, TERM

COMMUNITY = "510108002001"
DOOR_KEY = b"door key of the matrix, 32 bytes"
CERTIFICATE_CODE = codes.certificate_code(examples.CERTIFICATE, DOOR_KEY)
SECRET = secret_of(examples.CALENDAR, DOOR_KEY)
TEMPLATE = examples.COMMANDS["withdraw_template"]["template"]
AT_THE_DOOR, DURING, AFTER = (
    STARTS - timedelta(minutes=20),
    STARTS + timedelta(minutes=50),
    STARTS + timedelta(days=20),
)
FORMER = {"branch_secretary": "S0", "community_worker": "W0"}
HOSTED = (
    *DIVISIONS,
    division("510108002", "南街", "street", "510108"),
    division(COMMUNITY, DIVISION["name"], "community", "510108002"),
    Fact("branch_established.v1", "branch/B1", BRANCH),
    Fact(
        "secretary_appointed.v1",
        "branch/B1",
        {**TERM, "person": "S0", "since": "2024-01-01", "until": "2025-12-31"},
    ),
    Fact("secretary_appointed.v1", "branch/B1", TERM),
)


def happened(type: str, **changes: Any) -> Fact:
    return example_of(examples, type, **changes)


def scene(*facts: Fact, now: datetime = BEFORE) -> Scene:
    declared = happened("campaign_declared.v1")
    return Scene(
        (*told("branches", *HOSTED), *told("activities", declared, *facts)), now
    )


def subject(
    life: LifeCycle | None,
    name: str,
    collection: str,
    id: str,
    scenes: Mapping[str, Scene],
    title: str = "",
) -> Subject:
    return Subject(
        name,
        title or (life.title if life else ""),
        "activities",
        collection,
        id,
        COMMUNITY,
        scenes,
        life,
        own="R1",
        office={"branch_secretary": "branch/B1"},
        names={"branch_secretary": "S1"},
        former=FORMER,
    )


SHIFT = {**CONTENT, "all_help": True}
"""A duty shift: who comes to it serves, and has a record."""
HELPS = {"role": "helper"}
LAST_CALL = {**CONTENT["sessions"][0], "cutoff": "2026-06-13T00:50:00.000Z"}
ONLINE = {**LAST_CALL, "link": "https://meeting.example.org/7"}
PUBLISHED = Fact(
    "activity_published.v2", STREAM, {**SHIFT, "mode": "both", "sessions": [ONLINE]}
)
CHECKED = Fact("activity_published.v2", STREAM, {**SHIFT, "terms": {"approval": True}})
DRAFTED = (happened("review_required.v1"), happened("activity_drafted.v2"))
OPENED, STARTED = happened("activity_opened.v1"), happened("session_started.v1")
SIGNED_UP = happened("signup_confirmed.v1", **HELPS)
OPEN = (PUBLISHED, OPENED, SIGNED_UP)
LATER_ONE = {
    "session": f"{ACTIVITY}.2",
    "starts_at": "2026-07-13T01:00:00.000Z",
    "ends_at": "2026-07-13T03:00:00.000Z",
}
SEVERAL = {
    **SHIFT,
    "sessions": [*CONTENT["sessions"], {**CONTENT["sessions"][0], **LATER_ONE}],
}
SERIES = (Fact("activity_published.v2", STREAM, SEVERAL), OPENED, SIGNED_UP)
RUNNING = (*OPEN, STARTED)
OF_R2 = {
    "signup": "G2",
    "by": "R2",
    "party": [{"person": "R2", "relation": "self"}],
    "ticket": 2,
    **HELPS,
}
HERE = (
    happened("signup_confirmed.v1", **OF_R2),
    happened("checked_in.v1", person="R2", **HELPS),
)
ASKED_FOR = (happened("offering_requested.v1"), happened("offering_granted.v1"))
CAME = (happened("checked_in.v1", **HELPS), happened("checked_out.v1", **HELPS))
BEEN = (*RUNNING, *CAME)
CLOSED = happened("session_closed.v1")
HELD = (*BEEN, CLOSED)
CONTESTED = (*HELD, happened("hours_contested.v1"))
PRESSED = (*CONTESTED, happened("contest_pressed.v1"))
REQUESTED = (CHECKED, OPENED, happened("signup_requested.v1", **HELPS))
WAITING = (PUBLISHED, OPENED, happened("signup_waitlisted.v1", **HELPS))
OFFERED = (*WAITING, happened("seat_offered.v1"))
CERTIFIED = (
    *HELD,
    happened("certificate_issued.v1", code_hash=codes.hash_of(CERTIFICATE_CODE)),
)
COMMENDED = (*HELD, happened("person_commended.v1"))
SUBSCRIBED = (*OPEN, happened("calendar_issued.v1", secret_hash=hashed(SECRET)))
LAST_HOUR = STARTS - timedelta(hours=6)

SUBJECTS = (
    subject(
        lifecycles.ACTIVITY,
        "activity",
        "activities",
        ACTIVITY,
        {
            "draft": scene(*DRAFTED),
            "submitted": scene(*DRAFTED, happened("activity_submitted.v1")),
            "published": scene(PUBLISHED, *ASKED_FOR),
            "open": scene(*OPEN, happened("signed_up_told.v1"), now=AT_THE_DOOR),
            "running": scene(*RUNNING, *HERE, now=DURING),
            "closed": scene(*HELD, now=AFTER),
            "archived": scene(
                *HELD,
                happened("activity_rated.v1"),
                happened("activity_archived.v1"),
                now=AFTER,
            ),
            "cancelled": scene(*OPEN, happened("activity_cancelled.v2")),
        },
    ),
    subject(
        lifecycles.SESSION,
        "session",
        "sessions",
        SESSION,
        {
            "planned": scene(*SERIES),
            "running": scene(*SERIES, STARTED, *CAME, now=DURING),
            "closed": scene(*SERIES, STARTED, *CAME, CLOSED, now=AFTER),
            "cancelled": scene(*SERIES, happened("sessions_cancelled.v1")),
        },
    ),
    subject(
        lifecycles.SIGNUP,
        "signup",
        "signups",
        SIGNUP,
        {
            "requested": scene(*REQUESTED),
            "waiting": scene(*WAITING),
            "offered": scene(*OFFERED, now=LAST_HOUR),
            "confirmed": scene(*OPEN),
            "cancelled": scene(*OPEN, happened("signup_cancelled.v1", promoted=[])),
            "declined": scene(*REQUESTED, happened("signup_declined.v1")),
            "lapsed": scene(*OFFERED, happened("offer_lapsed.v1"), now=LAST_HOUR),
            "missed": scene(*WAITING, happened("waiting_ended.v1"), now=DURING),
        },
    ),
    subject(
        lifecycles.TEMPLATE,
        "template",
        "templates",
        TEMPLATE,
        {
            "saved": scene(PUBLISHED, happened("template_saved.v1")),
            "withdrawn": scene(
                PUBLISHED,
                happened("template_saved.v1"),
                happened("template_withdrawn.v1"),
            ),
        },
    ),
    subject(
        lifecycles.CONTEST,
        "contest",
        "contests",
        examples.CONTEST,
        {
            "open": scene(*CONTESTED, now=AFTER),
            "pressing": scene(*PRESSED, now=AFTER),
            "overdue": scene(*PRESSED, happened("contest_overdue.v1"), now=AFTER),
            "upheld": scene(*CONTESTED, happened("contest_settled.v1"), now=AFTER),
            "dismissed": scene(
                *CONTESTED, happened("contest_settled.v1", upheld=False), now=AFTER
            ),
            "withdrawn": scene(*CONTESTED, happened("contest_withdrawn.v1"), now=AFTER),
        },
    ),
    subject(
        lifecycles.CERTIFICATE,
        "certificate",
        "certificates",
        examples.CERTIFICATE,
        {
            "valid": scene(*CERTIFIED, now=AFTER),
            "revoked": scene(*CERTIFIED, happened("certificate_revoked.v1"), now=AFTER),
        },
    ),
    subject(
        lifecycles.COMMENDATION,
        "commendation",
        "commendations",
        examples.COMMENDATION,
        {
            "given": scene(*COMMENDED, now=AFTER),
            "withdrawn": scene(
                *COMMENDED, happened("commendation_withdrawn.v1"), now=AFTER
            ),
        },
    ),
    subject(
        lifecycles.CALENDAR,
        "calendar",
        "calendars",
        "R1",
        {
            "live": scene(*SUBSCRIBED),
            "revoked": scene(*SUBSCRIBED, happened("calendar_revoked.v1")),
        },
    ),
    subject(
        None,
        "record",
        "seats",
        f"{SESSION}:R1",
        {ALWAYS: scene(*COMMENDED, now=AFTER)},
        title="一位居民的服务记录",
    ),
)

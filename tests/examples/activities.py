"""One canonical example of every command, event and resource of the activities service."""

from tests.examples import Example

ACTIVITY = "01K0ACT0000000000000000001"
SESSION = f"{ACTIVITY}.1"
SIGNUP = "01K0SGN0000000000000000001"
OFFERING = "01K0FFR0000000000000000001"
STREAM = f"activity/{ACTIVITY}"

POSTING: Example = {
    "title": "端午包粽子",
    "summary": "和邻居一起包粽子。",
    "category": "邻里节庆",
    "campaign": "我们的节日",
    "community": "510108002001",
    "place": "望平社区党群服务中心",
    "starts_at": "2026-06-13T01:00:00.000Z",
    "ends_at": "2026-06-13T03:00:00.000Z",
    "cutoff": "2026-06-12T10:00:00.000Z",
    "capacity": 5,
}
PARTY = [{"person": "R1", "relation": "self"}, {"person": "R1-child", "relation": "child"}]
OF_ACTIVITY: Example = {"activity": ACTIVITY}
CONTENT: Example = {"activity": ACTIVITY, "session": SESSION, "host": "branch/B1", **POSTING}
SIGNED_UP: Example = {
    "activity": ACTIVITY,
    "session": SESSION,
    "signup": SIGNUP,
    "by": "R1",
    "party": PARTY,
    "ticket": 1,
}
DOOR: Example = {
    "activity": ACTIVITY,
    "session": SESSION,
    "person": "R1",
    "at": "2026-06-13T01:05:00.000Z",
    "way": "scanned",
}

COMMANDS: dict[str, Example] = {
    "draft_activity": {"host": "branch/B1", **POSTING},
    "revise_activity": {**OF_ACTIVITY, **POSTING, "title": "端午包粽子、做香囊"},
    "submit_activity": OF_ACTIVITY,
    "return_activity": {**OF_ACTIVITY, "reason": "请写明集合地点"},
    "publish_activity": OF_ACTIVITY,
    "open_activity": OF_ACTIVITY,
    "start_activity": OF_ACTIVITY,
    "close_activity": {**OF_ACTIVITY, "report": "来了二十位邻居。"},
    "cancel_activity": {**OF_ACTIVITY, "reason": "暴雨预警"},
    "archive_activity": OF_ACTIVITY,
    "require_review": {"street": "510108002", "required": True},
    "request_offering": {**OF_ACTIVITY, "offering": OFFERING},
    "withdraw_offering_request": {**OF_ACTIVITY, "offering": OFFERING},
    "sign_up": {**OF_ACTIVITY, "party": PARTY},
    "cancel_signup": {"signup": SIGNUP},
    "check_in": {**OF_ACTIVITY, "person": "R1", "at": "2026-06-13T01:05:00.000Z"},
    "check_out": {**OF_ACTIVITY, "person": "R1", "at": "2026-06-13T02:35:00.000Z"},
    "rate": {**OF_ACTIVITY, "score": 5, "words": "很热闹"},
}
EVENTS: dict[str, Example] = {
    "activity_drafted.v1": CONTENT,
    "activity_revised.v1": CONTENT,
    "activity_submitted.v1": OF_ACTIVITY,
    "activity_returned.v1": {**OF_ACTIVITY, "reason": "请写明集合地点"},
    "activity_published.v1": CONTENT,
    "activity_opened.v1": OF_ACTIVITY,
    "activity_started.v1": OF_ACTIVITY,
    "activity_closed.v1": {**OF_ACTIVITY, "session": SESSION, "report": "来了二十位邻居。"},
    "activity_archived.v1": OF_ACTIVITY,
    "activity_cancelled.v1": {**OF_ACTIVITY, "session": SESSION, "reason": "暴雨预警", "offerings": [OFFERING]},
    "review_required.v1": {"street": "510108002", "required": True},
    "offering_requested.v1": {
        **OF_ACTIVITY,
        "offering": OFFERING,
        "host": "branch/B1",
        "starts_at": POSTING["starts_at"],
    },
    "offering_request_withdrawn.v1": {**OF_ACTIVITY, "offering": OFFERING},
    "offering_granted.v1": {**OF_ACTIVITY, "offering": OFFERING},
    "offering_refused.v1": {**OF_ACTIVITY, "offering": OFFERING, "reason": "当天名额已用完"},
    "signup_confirmed.v1": SIGNED_UP,
    "signup_waitlisted.v1": {**SIGNED_UP, "position": 1},
    "signup_cancelled.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "signup": SIGNUP,
        "late": False,
        "promoted": ["01K0SGN0000000000000000002"],
    },
    "checked_in.v1": DOOR,
    "checked_out.v1": {**DOOR, "at": "2026-06-13T02:35:00.000Z", "minutes": 90, "hours": "scanned"},
    "activity_rated.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "person": "R1",
        "score": 5,
        "note": "01K0N0T0000000000000000001",
    },
}

"""One canonical example of every command, event and resource of the activities service."""

from schemas.documents import Json

ACTIVITY = "01K0ACT0000000000000000001"
SESSION = f"{ACTIVITY}.1"
SIGNUP = "01K0SGN0000000000000000001"
OFFERING = "01K0FFR0000000000000000001"
CALENDAR = "01K0CA10000000000000000001"
STREAM = f"activity/{ACTIVITY}"

POSTING: Json = {
    "title": "端午包粽子",
    "summary": "和邻居一起包粽子。",
    "audience": "社区居民",
    "category": "邻里节庆",
    "campaign": "我们的节日",
    "community": "510108002001",
    "place": "望平社区党群服务中心",
    "starts_at": "2026-06-13T01:00:00.000Z",
    "ends_at": "2026-06-13T03:00:00.000Z",
    "cutoff": "2026-06-12T10:00:00.000Z",
    "capacity": 5,
}
PARTY = [
    {"person": "R1", "relation": "self"},
    {"person": "R1~child", "relation": "child"},
]
SAID_PARTY = [
    {"person": "R1", "relation": "self"},
    {"person": "child", "relation": "child"},
]
CAMPAIGN: Json = {
    "campaign": "我们的节日",
    "division": "510108",
    "since": "2026-01-01",
    "until": "2026-12-31",
    "summary": "传统节日和邻里一起过。",
}
OF_ACTIVITY: Json = {"activity": ACTIVITY}
ONE_SESSION: Json = {
    "activity": ACTIVITY,
    "session": SESSION,
    "host": "branch/B1",
    **POSTING,
}
OF_THE_SESSION = ("starts_at", "ends_at", "cutoff", "capacity")
CONTENT: Json = {
    "activity": ACTIVITY,
    "host": "branch/B1",
    "cohosts": [],
    "terms": {},
    **{name: value for name, value in POSTING.items() if name not in OF_THE_SESSION},
    "sessions": [
        {
            "session": SESSION,
            "place": POSTING["place"],
            **{name: POSTING[name] for name in OF_THE_SESSION},
        }
    ],
}
THE_SESSION: Json = {"activity": ACTIVITY, "session": SESSION}
THE_SIGNUP: Json = {**THE_SESSION, "signup": SIGNUP}
SIGNED_UP: Json = {
    "activity": ACTIVITY,
    "session": SESSION,
    "signup": SIGNUP,
    "by": "R1",
    "party": PARTY,
    "ticket": 1,
}
DOOR: Json = {
    "activity": ACTIVITY,
    "session": SESSION,
    "person": "R1",
    "at": "2026-06-13T01:05:00.000Z",
    "way": "scanned",
}
HOST_MESSAGE = "01K0MSG0000000000000000001"
CONTEST = "01K0CNT0000000000000000001"
CERTIFICATE = "01K0CRT0000000000000000001"
COMMENDATION = "01K0CMM0000000000000000001"
COMMENDED = {
    "person": "R1",
    "issuer": "branch/B1",
    "title": "年度优秀志愿者（演示）",
    "on": "2026-06-30",
}
OF_PERSON: Json = {**OF_ACTIVITY, "session": SESSION, "person": "R1"}
FIGURES: Json = {"minutes": 90, "hours": "scanned"}
MERGED: Json = {"merge": "G1", "person": "R9", "into": "R1"}

COMMANDS: dict[str, Json] = {
    "draft_activity": {
        "host": "branch/B1",
        **POSTING,
        "helpers": 2,
        "helper_terms": {"least_age": 16},
    },
    "revise_activity": {**OF_ACTIVITY, **POSTING, "title": "端午包粽子、做香囊"},
    "submit_activity": OF_ACTIVITY,
    "return_activity": {**OF_ACTIVITY, "reason": "请写明集合地点"},
    "publish_activity": OF_ACTIVITY,
    "open_activity": OF_ACTIVITY,
    "start_activity": OF_ACTIVITY,
    "close_activity": {
        **OF_ACTIVITY,
        "report": "来了二十位邻居。",
        "without_checkout": {"count": "session"},
    },
    "change_activity": {
        **OF_ACTIVITY,
        "which": "all",
        "capacity": 8,
        "reason": "换了大一点的场地",
    },
    "tell_signed_up": {**OF_ACTIVITY, "words": "请带一把剪刀。"},
    "delete_host_message": {**OF_ACTIVITY, "message": HOST_MESSAGE},
    "report_viewers": {**OF_ACTIVITY, "viewers": 12000, "on": "2026-06-14"},
    "cancel_sessions": {**THE_SESSION, "which": "one", "reason": "暴雨预警"},
    "cancel_activity": {**OF_ACTIVITY, "reason": "暴雨预警"},
    "archive_activity": OF_ACTIVITY,
    "copy_activity": {**OF_ACTIVITY, "starts_at": "2026-10-01T01:00:00.000Z"},
    "save_template": {**OF_ACTIVITY, "name": "端午活动"},
    "withdraw_template": {"template": "01K0TMP0000000000000000001"},
    "draft_from_template": {
        "template": "01K0TMP0000000000000000001",
        "host": "branch/B1",
        "community": "510108002001",
        "starts_at": "2026-10-01T01:00:00.000Z",
    },
    "declare_campaign": CAMPAIGN,
    "require_review": {"street": "510108002", "required": True},
    "request_offering": {**OF_ACTIVITY, "offering": OFFERING},
    "withdraw_offering_request": {**OF_ACTIVITY, "offering": OFFERING},
    "sign_up": {**OF_ACTIVITY, "party": SAID_PARTY},
    "approve_signup": {"signup": SIGNUP},
    "decline_signup": {"signup": SIGNUP, "reason": "本场面向六十岁以上的居民"},
    "accept_offer": {"signup": SIGNUP},
    "pass_on": {
        "signup": SIGNUP,
        "person": "R1",
        "to": {"person": "elder", "relation": "elder"},
    },
    "add_to_party": {
        "signup": SIGNUP,
        "member": {"person": "elder", "relation": "elder"},
    },
    "join_party": {"signup": SIGNUP, "person": "child"},
    "leave_party": {"signup": SIGNUP},
    "cancel_signup": {"signup": SIGNUP},
    "check_in": {**OF_ACTIVITY, "person": "R1", "at": "2026-06-13T01:05:00.000Z"},
    "check_out": {**OF_ACTIVITY, "person": "R1", "at": "2026-06-13T02:35:00.000Z"},
    "issue_calendar": {},
    "revoke_calendar": {},
    "rate": {**OF_ACTIVITY, "score": 5, "words": "很热闹"},
    "delete_rating_words": OF_ACTIVITY,
    "delete_contest_words": {"contest": CONTEST},
    "walk_in": {
        **OF_ACTIVITY,
        "person": "R7",
        "relation": "self",
        "at": "2026-06-13T01:05:00.000Z",
    },
    "record_scan": {
        **OF_ACTIVITY,
        "person": "R1",
        "direction": "in",
        "at": "2026-06-13T01:05:00.000Z",
        "device": "D1",
        "nonce": "N1",
        "device_now": "2026-06-13T04:00:00.000Z",
    },
    "record_paper": {
        **OF_ACTIVITY,
        "person": "R1",
        "direction": "in",
        "at": "2026-06-13T01:05:00.000Z",
    },
    "appraise": {**OF_ACTIVITY, "person": "R1", "grade": "优秀"},
    "undo_check": {**OF_ACTIVITY, "person": "R1", "undone": "in", "reason": "扫错了人"},
    "correct_hours": {
        **OF_ACTIVITY,
        "person": "R1",
        "attended": True,
        "minutes": 90,
        "reason": "按纸质签到表更正",
    },
    "change_roles": {
        **OF_ACTIVITY,
        "people": ["R1"],
        "role": "helper",
        "reason": "当天在门口值守",
    },
    "contest_hours": {**OF_ACTIVITY, "person": "R1", "words": "我一直帮到十一点才走"},
    "settle_contest": {"contest": CONTEST, "upheld": True, "reason": "已按签到表更正"},
    "withdraw_contest": {"contest": CONTEST},
    "issue_certificate": {
        "person": "R1",
        "issuer": "branch/B1",
        "since": "2026-01-01",
        "until": "2026-06-30",
    },
    "revoke_certificate": {"certificate": CERTIFICATE, "reason": "出具给了另一位居民"},
    "commend": COMMENDED,
    "withdraw_commendation": {"commendation": COMMENDATION, "reason": "登记错了人"},
}
EVENTS: dict[str, Json] = {
    "activity_drafted.v1": ONE_SESSION,
    "activity_drafted.v2": CONTENT,
    "activity_revised.v1": ONE_SESSION,
    "activity_revised.v2": CONTENT,
    "activity_submitted.v1": OF_ACTIVITY,
    "activity_returned.v1": {**OF_ACTIVITY, "reason": "请写明集合地点"},
    "activity_published.v1": ONE_SESSION,
    "activity_published.v2": CONTENT,
    "activity_changed.v1": {
        **CONTENT,
        "changed": ["title"],
        "moved": [],
        "reason": "改个名字",
    },
    "activity_opened.v1": OF_ACTIVITY,
    "activity_started.v1": OF_ACTIVITY,
    "activity_closed.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "report": "来了二十位邻居。",
    },
    "activity_archived.v1": OF_ACTIVITY,
    "activity_cancelled.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "reason": "暴雨预警",
        "offerings": [OFFERING],
    },
    "activity_cancelled.v2": {
        **OF_ACTIVITY,
        "sessions": [SESSION],
        "reason": "暴雨预警",
    },
    "doors_opened.v1": THE_SESSION,
    "session_started.v1": THE_SESSION,
    "session_closed.v1": {**THE_SESSION, "report": "来了二十位邻居。"},
    "signed_up_told.v1": {
        **OF_ACTIVITY,
        "sessions": [SESSION],
        "note": HOST_MESSAGE,
        "by": "S1",
    },
    "host_message_deleted.v1": {**OF_ACTIVITY, "note": HOST_MESSAGE, "by": "S1"},
    "viewers_reported.v1": {
        **THE_SESSION,
        "viewers": 12000,
        "on": "2026-06-14",
        "by": "S1",
    },
    "sessions_cancelled.v1": {
        **OF_ACTIVITY,
        "sessions": [SESSION],
        "reason": "暴雨预警",
    },
    "review_required.v1": {"street": "510108002", "required": True},
    "offering_requested.v1": {
        **THE_SESSION,
        "offering": OFFERING,
        "host": "branch/B1",
        "starts_at": POSTING["starts_at"],
    },
    "offering_request_withdrawn.v1": {**THE_SESSION, "offering": OFFERING},
    "offering_granted.v1": {**THE_SESSION, "offering": OFFERING},
    "offering_refused.v1": {
        **THE_SESSION,
        "offering": OFFERING,
        "reason": "当天名额已用完",
    },
    "signup_confirmed.v1": SIGNED_UP,
    "signup_waitlisted.v1": {**SIGNED_UP, "position": 1},
    "signup_cancelled.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "signup": SIGNUP,
        "late": False,
        "promoted": ["01K0SGN0000000000000000002"],
    },
    "signup_requested.v1": SIGNED_UP,
    "signup_approved.v1": {**THE_SIGNUP, "state": "confirmed", "position": 0},
    "signup_declined.v1": {**THE_SIGNUP, "reason": "本场面向六十岁以上的居民"},
    "waiting_promoted.v1": {**THE_SESSION, "promoted": [SIGNUP], "more": False},
    "seat_offered.v1": {
        **THE_SIGNUP,
        "until": "2026-06-13T00:00:00.000Z",
        "more": False,
    },
    "offer_accepted.v1": THE_SIGNUP,
    "offer_lapsed.v1": THE_SIGNUP,
    "waiting_ended.v1": {**THE_SESSION, "missed": [SIGNUP], "more": False},
    "seat_passed_on.v1": {
        **THE_SIGNUP,
        "person": "R1",
        "to": {"person": "R1~elder", "relation": "elder"},
    },
    "party_grown.v1": {
        **THE_SIGNUP,
        "person": "R1~elder",
        "member": {"person": "R1~elder", "relation": "elder"},
    },
    "party_joined.v1": {
        **THE_SIGNUP,
        "person": "R2",
        "instead_of": "R1~child",
        "to": {"person": "R2", "relation": "child"},
    },
    "party_left.v1": {**THE_SIGNUP, "person": "R1", "late": False, "promoted": []},
    "campaign_declared.v1": CAMPAIGN,
    "template_saved.v1": {
        "template": "01K0TMP0000000000000000001",
        "name": "端午活动",
        "owner": "branch/B1",
        "title": "端午包粽子",
        "category": "邻里节庆",
        "campaign": "我们的节日",
        "place": "望平社区党群服务中心",
        "minutes": 120,
        "cutoff_min": 900,
        "capacity": 5,
        "cohosts": [],
        "terms": {},
    },
    "template_withdrawn.v1": {"template": "01K0TMP0000000000000000001"},
    "calendar_issued.v1": {
        "person": "R1",
        "calendar": CALENDAR,
        "secret_hash": "0f" * 32,
    },
    "calendar_revoked.v1": {"person": "R1", "calendar": CALENDAR},
    "checked_in.v1": DOOR,
    "checked_out.v1": {
        **DOOR,
        "at": "2026-06-13T02:35:00.000Z",
        "minutes": 90,
        "hours": "scanned",
    },
    "activity_rated.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "person": "R1",
        "score": 5,
        "note": "01K0N0T0000000000000000001",
    },
    "rating_words_deleted.v1": {**OF_PERSON, "note": "01K0N0T0000000000000000001"},
    "service_appraised.v1": {
        **OF_ACTIVITY,
        "session": SESSION,
        "person": "R1",
        "grade": "优秀",
        "by": "S1",
    },
    "scan_kept.v1": {
        **DOOR,
        "direction": "out",
        "device": "D1",
        "nonce": "N2",
        "clock_off_s": -240,
    },
    "walked_in.v1": {
        **SIGNED_UP,
        "person": "R7",
        "by": "R7",
        "party": [{"person": "R7", "relation": "self"}],
        "pool": "walk_in",
        "at": DOOR["at"],
        "way": "scanned",
        "code_hash": "0f" * 32,
        **FIGURES,
        "minutes": 0,
    },
    "check_undone.v1": {
        **DOOR,
        "undone": "in",
        "reason": "扫错了人",
        "attended": False,
        **FIGURES,
        "minutes": 0,
    },
    "hours_corrected.v1": {
        **OF_PERSON,
        "minutes": 90,
        "hours": "adjusted",
        "attended": True,
        "reason": "按纸质签到表更正",
        "by": "S1",
    },
    "hours_settled.v1": {
        **THE_SESSION,
        "at": POSTING["ends_at"],
        "count": "session",
        "by": "S1",
        "people": [
            {"person": "R1", "counted": True, "minutes": 115, "hours": "backfilled"}
        ],
        "more": False,
    },
    "attendee_merged.v1": MERGED,
    "attendee_parted.v1": MERGED,
    "seats_merged.v1": {
        **THE_SESSION,
        **MERGED,
        "signups": [{"signup": SIGNUP, "by": "R1", "state": "confirmed", "party": []}],
        "gone": ["R9"],
        "people": [
            {"person": "R1", "attended": True, "walked_in": False, **FIGURES},
        ],
        "unrated": [],
    },
    "seats_parted.v1": {
        **THE_SESSION,
        **MERGED,
        "signups": [{"signup": SIGNUP, "by": "R9", "state": "confirmed", "party": []}],
        "gone": [],
        "people": [
            {"person": "R1", "attended": True, "walked_in": False, **FIGURES},
            {"person": "R9", "attended": False, "walked_in": False, **FIGURES},
        ],
        "unrated": [],
    },
    "roles_changed.v1": {
        **THE_SESSION,
        "people": [{"person": "R1", **FIGURES, "role": "helper"}],
        "to": "helper",
        "reason": "当天在门口值守",
        "by": "S1",
    },
    "hours_recounted.v1": {**OF_PERSON, **FIGURES, "attended": True},
    "hours_contested.v1": {
        **OF_PERSON,
        "contest": CONTEST,
        "note": CONTEST,
        "by": "R1",
        "minutes": 80,
        "press_at": "2026-06-17T03:00:00.000Z",
        "due_at": "2026-06-22T03:00:00.000Z",
    },
    "contest_pressed.v1": {**OF_PERSON, "contest": CONTEST},
    "contest_overdue.v1": {**OF_PERSON, "contest": CONTEST},
    "contest_settled.v1": {
        **OF_PERSON,
        "contest": CONTEST,
        "upheld": True,
        "reason": "已按签到表更正",
        "by": "S1",
    },
    "contest_withdrawn.v1": {**OF_PERSON, "contest": CONTEST},
    "contest_words_deleted.v1": {**OF_PERSON, "contest": CONTEST, "note": CONTEST},
    "certificate_issued.v1": {
        "certificate": CERTIFICATE,
        "person": "R1",
        "since": "2026-01-01",
        "until": "2026-06-30",
        "minutes": 90,
        "sessions": 1,
        "issuer": "branch/B1",
        "by": "S1",
        "code_hash": "0" * 64,
        "role": "helper",
    },
    "person_commended.v1": {"commendation": COMMENDATION, **COMMENDED, "by": "S1"},
    "commendation_withdrawn.v1": {
        "commendation": COMMENDATION,
        "reason": "登记错了人",
        "by": "S1",
    },
    "certificate_revoked.v1": {
        "certificate": CERTIFICATE,
        "reason": "出具给了另一位居民",
        "by": "S1",
    },
}

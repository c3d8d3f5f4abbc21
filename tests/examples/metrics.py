"""One canonical example of every command, event and resource of metrics."""

from schemas.documents import Json

AIM: Json = {
    "scope": "510108",
    "period": "2026-06",
    "figure": "claim_rate",
    "value": 8500,
}
TARGET = "510108:2026-06:claim_rate"

MONTH: Json = {"scope": "510108", "month": "2026-06"}
REPORT = "510108:2026-06"
REASON = "补录一场活动的签到表"
PERSON_TIMES: Json = {
    "identifier": "person_times", "name": "人次", "unit": "人次", "better": "more",
    "meaning": "签到到场的人次：同一人到几场计几次，同一场只计一次",
}  # fmt: skip
AS_OF: Json = {
    "activities": 120,
    "branches": 90,
    "cobuild": 60,
    "metrics": 1,
    "partners": 2,
}
CONTENT: Json = {
    **MONTH,
    "name": "甲区",
    "demo": True,
    "as_of": AS_OF,
    "whole": {"person_times": 12, "unique_participants": 9, "sessions_held": 2},
    "previous": {"person_times": 10, "unique_participants": 8, "sessions_held": 1},
    "last_year": {},
    "targets": {"claim_rate": 8500},
    "divisions": [
        {
            "key": "510108015",
            "name": "东街",
            "figures": {"person_times": 12, "unique_participants": 9},
            "withheld": [],
        }
    ],
    "categories": [
        {
            "key": "助老",
            "name": "助老",
            "figures": {"person_times": 12, "unique_participants": 9},
            "withheld": [],
        }
    ],
    "need_categories": [],
    "days": [
        {
            "key": "2026-06-13",
            "name": "2026-06-13",
            "figures": {"person_times": 12, "sessions_held": 2},
            "withheld": [],
        }
    ],
    "definitions": [PERSON_TIMES],
    "withheld": {
        "whole": [],
        "previous": [],
        "last_year": [],
        "sessions": ["person_times"],
    },
}

COMMANDS: dict[str, Json] = {
    "set_target": AIM,
    "freeze_report": MONTH,
    "restate_report": {**MONTH, "reason": REASON},
}

FROZEN: Json = {**CONTENT, "report": REPORT, "version": 1, "by": "P9"}

EVENTS: dict[str, Json] = {
    "target_set.v1": {**AIM, "target": TARGET, "by": "P9"},
    "report_frozen.v1": FROZEN,
    "report_restated.v1": {**FROZEN, "version": 2, "reason": REASON},
}

RESOURCES: dict[str, Json] = {
    "Target": {**AIM, "id": TARGET, "name": "认领率", "unit": "比率"},
    "MonthlyReport": {
        **MONTH, "id": REPORT, "name": "甲区", "state": "restated", "state_text": "已更正重发", "version": 2,
        "at": "2026-07-02T01:00:00.000Z", "by": "P9", "reason": REASON, "open_sessions": 0, "as_of": AS_OF,
    },
}  # fmt: skip

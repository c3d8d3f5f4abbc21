"""One canonical example of every command, event and resource of grids. All names are invented."""

from schemas.documents import Json

MEMBER, TEAM, DOOR, ROUND, VISIT, FINDING = "M1", "T1", "D1", "R1", "V1", "F1"
CARE, MEDIATION, NEED, PERSON = "C1", "Q1", "N1", "P3"
COMMUNITY, GRID = "510108015001", "W-0101"
SLIP = "ABCDEFGHIJKLMNOP"
HERE: Json = {"community": COMMUNITY, "grid": GRID}
NAMED: Json = {"grid_name": "灯塔一网格"}
WALK: Json = {**HERE, "doors": [{"door": DOOR, "walk": 2}]}
AT = "2026-06-01T01:00:00.000Z"

APPOINTED: Json = {**HERE, "person": PERSON}
TEAM_CONTENT: Json = {
    "name": "灯塔燃气巡检队",
    "kind": "gas",
    "division": COMMUNITY,
    "persons": ["P20"],
}
STANDING: Json = {**HERE, "walk": 1, "courtyard": "Y-01"}
ITEMS: list[Json] = [
    {"item": "gas", "title": "是否使用燃气", "kind": "yes_no"},
    {
        "item": "hose",
        "title": "燃气软管",
        "kind": "choice",
        "options": ["完好", "老化"],
        "only_if": {"item": "gas", "answer": "yes"},
    },
    {"item": "changed", "title": "上次更换日期", "kind": "date"},
    {"item": "alarms", "title": "报警器有几个", "kind": "number"},
]
ASKING: Json = {
    "title": "入户查燃气",
    "division": COMMUNITY,
    "since": "2026-06-01",
    "until": "2026-06-30",
    "items": ITEMS,
}
OPENS: Json = {
    "opens_at": "2026-05-31T16:00:00.000Z",
    "closes_at": "2026-06-30T16:00:00.000Z",
}
ANSWERS: list[Json] = [
    {"item": "gas", "value": "yes"},
    {"item": "hose", "value": "老化"},
]
MET: Json = {"outcome": "met", "answers": ANSWERS}
SENT: Json = {"device": "phone-1", "nonce": "n-1"}
ROUTED: Json = {"route": "followup", "team": TEAM, "due": "2026-06-05"}
DUE_AT: Json = {"due_at": "2026-06-05T16:00:00.000Z"}
FOUND: Json = {"kind": "gas", "urgency": "urgent"}
CONSENT: Json = {"consent": "written", "consent_on": "2026-05-20"}

COMMANDS: dict[str, Json] = {
    "appoint_member": APPOINTED,
    "relieve_member": {"member": MEMBER},
    "record_team": TEAM_CONTENT,
    "dissolve_team": {"team": TEAM},
    "record_door": {**STANDING, "label": "3栋2单元501"},
    "renumber_door": {"door": DOOR, "walk": 2},
    "renumber_walk": WALK,
    "move_door": {"door": DOOR, "community": COMMUNITY, "grid": "W-0102", "walk": 1},
    "close_door": {"door": DOOR, "reason": "拆除"},
    "announce_round": ASKING,
    "cancel_round": {"round": ROUND, "reason": "改由燃气公司自查"},
    "record_visit": {**MET, "door": DOOR, "round": ROUND},
    "record_late_visit": {
        **MET,
        **SENT,
        "door": DOOR,
        "round": ROUND,
        "at": AT,
        "device_now": AT,
    },
    "correct_visit": {"visit": VISIT, "outcome": "not_in", "answers": []},
    "withdraw_visit": {"visit": VISIT},
    "record_finding": {
        **FOUND,
        **ROUTED,
        "door": DOOR,
        "visit": VISIT,
        "item": "hose",
        "words": "软管开裂",
    },
    "route_finding": {"finding": FINDING, "route": "need"},
    "resolve_followup": {"finding": FINDING},
    "begin_care": {
        **CONSENT,
        "door": DOOR,
        "every_days": 7,
        "words": "独自生活，腿脚不便",
    },
    "pause_care": {"care": CARE},
    "resume_care": {"care": CARE},
    "end_care": {"care": CARE, "reason": "已搬走"},
    "open_mediation": {
        **HERE,
        "kind": "noise",
        "words": "楼上夜里有响动",
        "about": "R1",
    },
    "end_mediation": {"mediation": MEDIATION, "ending": "agreed"},
}

EVENTS: dict[str, Json] = {
    "member_appointed.v1": {**APPOINTED, "member": MEMBER, "by": "P6"},
    "member_relieved.v1": {"member": MEMBER, "person": PERSON, "by": "P6"},
    "member_term_ended.v1": {
        "member": MEMBER,
        "person": PERSON,
        "until": "2026-06-30T16:00:00.000Z",
    },
    "team_recorded.v1": {**TEAM_CONTENT, "team": TEAM, "by": "P6"},
    "team_dissolved.v1": {"team": TEAM, "by": "P6"},
    "door_recorded.v1": {**STANDING, "door": DOOR, "note": DOOR, "by": "P6"},
    "door_renumbered.v1": {"door": DOOR, "walk": 2, "by": "P6"},
    "walk_renumbered.v1": {**WALK, "by": "P6"},
    "door_moved.v1": {
        "door": DOOR,
        "community": COMMUNITY,
        "grid": "W-0102",
        "walk": 1,
        "by": "P6",
    },
    "door_closed.v1": {"door": DOOR, "reason": "拆除", "by": "P6"},
    "round_announced.v1": {**ASKING, **OPENS, "round": ROUND, "by": "P6"},
    "round_opened.v1": {"round": ROUND},
    "round_closed.v1": {"round": ROUND},
    "round_cancelled.v1": {
        "round": ROUND,
        "reason": "改由燃气公司自查",
        "by": "P6",
    },
    "visit_recorded.v1": {
        **MET,
        **SENT,
        **HERE,
        "visit": VISIT,
        "door": DOOR,
        "round": ROUND,
        "at": AT,
        "way": "late",
        "member": PERSON,
    },
    "visit_corrected.v1": {
        "visit": VISIT,
        "door": DOOR,
        "outcome": "not_in",
        "answers": [],
        "by": PERSON,
    },
    "visit_withdrawn.v1": {"visit": VISIT, "door": DOOR, "by": PERSON},
    "finding_recorded.v1": {
        **FOUND,
        **HERE,
        **ROUTED,
        **DUE_AT,
        "finding": FINDING,
        "door": DOOR,
        "visit": VISIT,
        "item": "hose",
        "note": FINDING,
        "by": PERSON,
    },
    "finding_routed.v1": {
        **FOUND,
        **HERE,
        "finding": FINDING,
        "route": "need",
        "by": "P6",
    },
    "finding_referred.v1": {"finding": FINDING, "need": NEED},
    "finding_returned.v1": {"finding": FINDING, "need": NEED},
    "finding_resolved.v1": {"finding": FINDING, "by": "P20"},
    "finding_reopened.v1": {"finding": FINDING, "need": NEED},
    "finding_words_erased.v1": {"finding": FINDING},
    "followup_overdue.v1": {"finding": FINDING, "since": DUE_AT["due_at"]},
    "care_begun.v1": {
        **CONSENT,
        **HERE,
        "care": CARE,
        "door": DOOR,
        "every_days": 7,
        "note": CARE,
        "by": "P6",
    },
    "care_paused.v1": {"care": CARE, "by": "P6"},
    "care_resumed.v1": {"care": CARE, "by": "P6"},
    "care_ended.v1": {"care": CARE, "reason": "已搬走", "by": "P6"},
    "care_due.v1": {"care": CARE, "due": "2026-06-08T16:00:00.000Z"},
    "care_missed.v1": {"care": CARE, "due": "2026-06-08T16:00:00.000Z"},
    "mediation_opened.v1": {
        **HERE,
        "mediation": MEDIATION,
        "kind": "noise",
        "note": MEDIATION,
        "by": PERSON,
    },
    "mediation_ended.v1": {"mediation": MEDIATION, "ending": "agreed", "by": PERSON},
    "mediation_words_erased.v1": {"mediation": MEDIATION},
}

STATES: dict[str, tuple[str, str]] = {
    "Member": ("in_office", "在任"),
    "Team": ("ready", "可派"),
    "Door": ("open", "在册"),
    "Round": ("announced", "未开始"),
    "Visit": ("recorded", "已记录"),
    "Finding": ("followup", "队伍办理中"),
    "Care": ("active", "探访中"),
    "Mediation": ("open", "调解中"),
}
CONTENTS: dict[str, Json] = {
    "Member": {**APPOINTED, **NAMED, "id": MEMBER, "since": AT},
    "Team": {**TEAM_CONTENT, "id": TEAM},
    "Door": {
        **STANDING,
        "id": DOOR,
        "label": "3栋2单元501",
        "last_at": AT,
        "last_outcome": "met",
        "to_tell": [FINDING],
        "rounds": [
            {
                "round": ROUND,
                "title": "入户查燃气",
                "outcome": "met",
                "answers": ANSWERS,
            }
        ],
        "cares": [CARE],
        "calls": [{"care": CARE, "next_at": "2026-06-08T16:00:00.000Z", "missed": 0}],
        "findings": [
            {
                "finding": FINDING,
                "kind": "gas",
                "kind_text": "燃气",
                "state": "followup",
                "state_text": "队伍办理中",
                "words": "软管开裂",
                "recorded_at": AT,
            }
        ],
    },
    "Round": {**ASKING, **OPENS, "id": ROUND, "per": "door", "once": False},
    "Visit": {
        **MET,
        **HERE,
        **NAMED,
        "id": VISIT,
        "door": DOOR,
        "round": ROUND,
        "walk": 1,
        "label": "3栋2单元501",
        "at": AT,
        "way": "late",
        "member": PERSON,
    },
    "Finding": {
        **FOUND,
        **HERE,
        **NAMED,
        **ROUTED,
        "id": FINDING,
        "door": DOOR,
        "walk": 1,
        "label": "3栋2单元501",
        "kind_text": "燃气",
        "team_name": "灯塔燃气巡检队",
        "words": "软管开裂",
        "recorded_at": AT,
        "reopened": 0,
    },
    "Care": {
        **CONSENT,
        **HERE,
        **NAMED,
        "id": CARE,
        "door": DOOR,
        "walk": 1,
        "label": "3栋2单元501",
        "every_days": 7,
        "words": "独自生活，腿脚不便",
        "next_at": "2026-06-08T16:00:00.000Z",
        "missed": 0,
    },
    "Mediation": {
        **HERE,
        **NAMED,
        "id": MEDIATION,
        "kind": "noise",
        "words": "楼上夜里有响动",
        "opened_at": AT,
        "by": PERSON,
    },
}
RESOURCES: dict[str, Json] = {
    name: {**content, "state": STATES[name][0], "state_text": STATES[name][1], "seq": 9}
    for name, content in CONTENTS.items()
} | {
    "Walk": {**WALK, "id": GRID, "seq": 9},
    "Kept": {"kept": 1, "overdue": 0},
    "Slip": {"visit": VISIT, "slip": SLIP},
    "Called": {
        "community": COMMUNITY,
        "at": AT,
        "outcome": "met",
        "caller": "member",
        "round": "入户查燃气",
        "asked": ["是否使用燃气", "燃气软管"],
        "care": False,
        "findings": [{"kind_text": "燃气", "state_text": "队伍办理中"}],
        "withdrawn": False,
    },
    "Burden": {
        "at_once": 1,
        "most_at_once": 3,
        "most_items": 20,
        "months": [{"month": "2026-06", "items": 4}],
    },
    "Coverage": {
        **HERE,
        **NAMED,
        "id": f"{ROUND}:{GRID}",
        "round": ROUND,
        "met": 1,
        "not_in": 0,
        "refused": 0,
        "empty": 0,
        "moved": 0,
        "tried": 1,
        "seq": 9,
    },
}

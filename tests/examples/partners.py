"""One canonical example of every command, event and resource of partners. All names are invented."""

from schemas.documents import Json

PARTNER = "N1"
COMMUNITY = "510108015001"
OVERSEER = "P4"

INTRODUCTION: Json = {
    "name": "青禾社区书店",
    "categories": ["亲子教育", "文化体育"],
    "contact_role": "店长",
}
HOURS = [
    {"day": "TU", "opens": "10:00", "closes": "12:00"},
    {"day": "TU", "opens": "14:00", "closes": "20:00"},
    {"day": "SU", "opens": "10:00", "closes": "20:00"},
]
PROFILE: Json = {**INTRODUCTION, "hours": HOURS}
CREDENTIALS: Json = {"kind": "社区商家", "credit_code": "91510108MA6DEM014D"}
APPLICATION: Json = {**PROFILE, **CREDENTIALS}
OLD_APPLICATION: Json = {
    **INTRODUCTION,
    **CREDENTIALS,
    "hours": "周二至周日 10:00–20:00",
}
SIMILAR: Json = {
    "partner": "N7",
    "name": "成都青禾社区书店有限公司",
    "state": "approved",
}
WORDS: Json = {"name": "N1.name", "contact_role": "N1.contact_role"}
REASON = "请补充营业执照上的经营范围"


def noted(said: Json) -> Json:
    """As it stands in an event until the street has approved it."""
    return {
        **{name: value for name, value in said.items() if name not in WORDS},
        "notes": WORDS,
    }


COMMANDS: dict[str, Json] = {
    "apply": {**APPLICATION, "community": COMMUNITY},
    "approve": {"partner": PARTNER},
    "reject": {"partner": PARTNER, "reason": REASON},
    "appeal_partner": {"partner": PARTNER, "words": "经营范围已在附页"},
    "decide_partner_appeal": {"partner": PARTNER, "upheld": True, "reason": "材料齐全"},
    "withdraw_partner_approval": {"partner": PARTNER, "reason": "点错了"},
    "erase_words": {"partner": PARTNER},
    "reapply": {**APPLICATION, "partner": PARTNER, "name": "青禾亲子书店"},
    "update_profile": {**PROFILE, "partner": PARTNER, "hours": HOURS[:1]},
    "suspend": {
        "partner": PARTNER,
        "reason": "消防检查未通过，整改期间暂停",
        "confirm": False,
    },
    "reinstate": {"partner": PARTNER},
    "withdraw": {"partner": PARTNER, "reason": "迁出本社区"},
    "join_alliance": {"partner": PARTNER, "since": "2026-03-01"},
    "leave_alliance": {"partner": PARTNER, "until": "2026-05-31", "reason": "人手不足"},
}

EVENTS: dict[str, Json] = {
    "partner_applied.v1": {
        **OLD_APPLICATION,
        "community": COMMUNITY,
        "partner": PARTNER,
        "by": "P1",
    },
    "partner_applied.v2": {
        **COMMANDS["apply"],
        "similar": [],
        "partner": PARTNER,
        "by": "P1",
    },
    "partner_applied.v3": {
        **noted(COMMANDS["apply"]),
        "similar": [],
        "partner": PARTNER,
        "by": "P1",
    },
    "partner_approved.v1": {"partner": PARTNER, "by": OVERSEER},
    "partner_approved.v2": {
        "partner": PARTNER,
        "by": OVERSEER,
        "name": "青禾社区书店",
        "contact_role": "店长",
    },
    "partner_words_erased.v1": {"partner": PARTNER},
    "partner_rejected.v1": {"partner": PARTNER, "reason": REASON, "by": OVERSEER},
    "partner_reapplied.v1": {
        **OLD_APPLICATION,
        "community": COMMUNITY,
        "partner": PARTNER,
        "name": "青禾亲子书店",
    },
    "partner_reapplied.v2": {
        **COMMANDS["reapply"],
        "community": COMMUNITY,
        "similar": [SIMILAR],
    },
    "partner_reapplied.v3": {
        **noted(COMMANDS["reapply"]),
        "community": COMMUNITY,
        "similar": ["N7"],
    },
    "partner_profile_updated.v1": {
        **INTRODUCTION,
        "partner": PARTNER,
        "hours": "每天 9:00–21:00",
    },
    "partner_profile_updated.v2": COMMANDS["update_profile"],
    "partner_profile_updated.v3": noted(COMMANDS["update_profile"]),
    "partner_appealed.v1": {"partner": PARTNER, "by": "P1", "note": "N9"},
    "partner_appeal_decided.v1": {**COMMANDS["decide_partner_appeal"], "by": OVERSEER},
    "partner_approval_withdrawn.v1": {
        **COMMANDS["withdraw_partner_approval"],
        "by": OVERSEER,
    },
    "partner_suspended.v1": {
        "partner": PARTNER,
        "reason": COMMANDS["suspend"]["reason"],
        "by": OVERSEER,
    },
    "partner_reinstated.v1": {"partner": PARTNER, "by": OVERSEER},
    "partner_withdrawn.v1": {**COMMANDS["withdraw"], "by": "P1"},
    "alliance_joined.v1": COMMANDS["join_alliance"],
    "alliance_left.v1": COMMANDS["leave_alliance"],
}

RESOURCES: dict[str, Json] = {
    "Partner": {
        **APPLICATION,
        "id": PARTNER,
        "hours_text": "周二 10:00–12:00、14:00–20:00；周日 10:00–20:00",
        "community": COMMUNITY,
        "street": "510108015",
        "district": "510108",
        "by": "P1",
        "applied_on": "2026-06-01",
        "code_doubtful": False,
        "state": "approved",
        "state_text": "已通过",
        "decisions": [
            {
                "state": "rejected",
                "at": "2026-06-01T01:00:00.000Z",
                "by": OVERSEER,
                "reason": REASON,
            },
            {"state": "approved", "at": "2026-06-02T01:00:00.000Z", "by": OVERSEER},
        ],
        "similar": [SIMILAR],
        "alliance": [
            {"since": "2026-03-01", "until": "2026-05-31", "reason": "人手不足"},
            {"since": "2026-06-02"},
        ],
        "seq": 4,
    },
    "Member": {
        "id": f"{PARTNER}:2026-06-02",
        "partner": PARTNER,
        "name": "青禾社区书店",
        "since": "2026-06-02",
        "state": "approved",
        "state_text": "已通过",
        "community": COMMUNITY,
        "street": "510108015",
        "district": "510108",
        "seq": 5,
    },
}

"""One canonical example of every command, event and resource of partners. All names are invented."""

from tests.examples import Example

PARTNER = "N1"
COMMUNITY = "510108015001"

PROFILE: Example = {
    "name": "青禾社区书店",
    "categories": ["亲子教育", "文化体育"],
    "hours": "周二至周日 10:00–20:00",
    "contact_role": "店长",
}
APPLICATION: Example = {**PROFILE, "kind": "社区商家", "credit_code": "91510108MA6DEM014D"}
REASON = "请补充营业执照上的经营范围"

COMMANDS: dict[str, Example] = {
    "apply": {**APPLICATION, "community": COMMUNITY},
    "approve": {"partner": PARTNER},
    "reject": {"partner": PARTNER, "reason": REASON},
    "reapply": {**APPLICATION, "partner": PARTNER, "name": "青禾亲子书店"},
    "update_profile": {**PROFILE, "partner": PARTNER, "hours": "每天 9:00–21:00"},
}

EVENTS: dict[str, Example] = {
    "partner_applied.v1": {**COMMANDS["apply"], "partner": PARTNER, "by": "P1"},
    "partner_approved.v1": {"partner": PARTNER},
    "partner_rejected.v1": {"partner": PARTNER, "reason": REASON},
    "partner_reapplied.v1": {**COMMANDS["reapply"], "community": COMMUNITY},
    "partner_profile_updated.v1": COMMANDS["update_profile"],
}

RESOURCES: dict[str, Example] = {
    "Partner": {
        **APPLICATION,
        "id": PARTNER,
        "community": COMMUNITY,
        "street": "510108015",
        "district": "510108",
        "by": "P1",
        "code_doubtful": False,
        "state": "approved",
        "state_text": "已通过",
        "decisions": [
            {"state": "rejected", "at": "2026-06-01T01:00:00.000Z", "reason": REASON},
            {"state": "approved", "at": "2026-06-02T01:00:00.000Z"},
        ],
        "seq": 4,
    },
}

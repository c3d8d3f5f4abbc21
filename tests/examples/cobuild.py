"""One canonical example of every command, event and resource of cobuild. All names are invented."""

from tests.examples import Example

UNIT, OFFERING, ACTIVITY = "U1", "F1", "A1"
COMMUNITY = "510108015001"

PROFILE: Example = {"name": "锦灯供电服务所", "industry": "电力", "members": 86, "contact_role": "联络员"}
REGISTRATION: Example = {**PROFILE, "credit_code": "91510108MA6TE5T178", "community": COMMUNITY}
CONTENT: Example = {
    "unit": UNIT,
    "title": "老旧线路安全检查",
    "category": "零距离安全",
    "audience": ["老人", "困难家庭"],
    "place": "社区党群服务中心",
    "community": COMMUNITY,
    "weekly": "FREQ=WEEKLY;BYDAY=SA",
    "capacity": 2,
    "per": "week",
    "valid_until": "2026-12-31",
}

COMMANDS: dict[str, Example] = {
    "register_unit": REGISTRATION,
    "approve_unit": {"unit": UNIT},
    "reject_unit": {"unit": UNIT, "reason": "单位名称与执照不符"},
    "update_unit": {**PROFILE, "unit": UNIT, "members": 90},
    "publish_offering": CONTENT,
    "pause_offering": {"offering": OFFERING, "reason": "检查车年检"},
    "resume_offering": {"offering": OFFERING},
    "retire_offering": {"offering": OFFERING},
}

EVENTS: dict[str, Example] = {
    "unit_registered.v1": {**REGISTRATION, "unit": UNIT, "by": "P1"},
    "unit_approved.v1": {"unit": UNIT},
    "unit_rejected.v1": COMMANDS["reject_unit"],
    "unit_updated.v1": COMMANDS["update_unit"],
    "offering_published.v1": {**CONTENT, "offering": OFFERING},
    "offering_paused.v1": COMMANDS["pause_offering"],
    "offering_resumed.v1": {"offering": OFFERING},
    "offering_retired.v1": {"offering": OFFERING},
    "offering_reserved.v1": {"offering": OFFERING, "activity": ACTIVITY, "period": "2026-W24"},
    "offering_declined.v1": {
        "offering": OFFERING,
        "activity": ACTIVITY,
        "code": "used_up",
        "reason": "“老旧线路安全检查”在 2026-W24 的 2 次已经用完",
    },
    "offerings_released.v1": {"activity": ACTIVITY, "offerings": [{"offering": OFFERING, "period": "2026-W24"}]},
}

RESOURCES: dict[str, Example] = {
    "Unit": {
        **REGISTRATION,
        "id": UNIT,
        "street": "510108015",
        "district": "510108",
        "code_doubtful": False,
        "by": "P1",
        "state": "approved",
        "state_text": "已通过",
        "seq": 2,
    },
    "Offering": {
        **CONTENT,
        "id": OFFERING,
        "street": "510108015",
        "district": "510108",
        "state": "published",
        "state_text": "已发布",
        "unit_name": PROFILE["name"],
        "seq": 3,
    },
}

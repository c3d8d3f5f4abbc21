"""One canonical example of every command, event and resource of cobuild. All names are invented."""

from tests.examples import Example

UNIT, OFFERING, ACTIVITY, NEED, COMMITMENT, MEETING, RESOLUTION = "U1", "F1", "A1", "N1", "C1", "M1", "R1"
PARTNER = "Q1"
COMMUNITY, STREET, DISTRICT = "510108015001", "510108015", "510108"
DUE, DUE_AT = "2026-06-12", "2026-06-12T16:00:00.000Z"
SATURDAY = "2026-06-13T01:00:00.000Z"

PROFILE: Example = {"name": "锦灯供电服务所", "industry": "电力", "members": 86, "contact_role": "联络员"}
REGISTRATION: Example = {**PROFILE, "credit_code": "91510108MA6TE5T178", "community": COMMUNITY}
ABOUT: Example = {
    "title": "老旧线路安全检查",
    "category": "零距离安全",
    "audience": ["老人", "困难家庭"],
    "place": "社区党群服务中心",
    "community": COMMUNITY,
    "capacity": 2,
    "per": "week",
    "valid_until": "2026-12-31",
}
TIMES: Example = {
    "starts_at": "2026-06-06T01:00:00.000Z",
    "minutes": 180,
    "repeats": "FREQ=WEEKLY;BYDAY=SA",
    "except_on": ["2026-10-03"],
}
CONTENT: Example = {**ABOUT, **TIMES}
WANTED: Example = {
    "category": "零距离安全",
    "audience": "老人",
    "urgency": "urgent",
    "community": COMMUNITY,
    "slots": ["SA-am", "SU-am"],
}
WORDS = "家里的电线老化了，想请人看看"
CLOCKS: Example = {
    "claim_by": "2026-06-02T01:00:00.000Z",
    "close_by": "2026-06-08T01:00:00.000Z",
    "basis": "国办发明电〔2025〕7号",
}
CONVENED: Example = {
    "division": STREET,
    "held_at": "2026-06-05T06:00:00.000Z",
    "place": "街道党群服务中心",
    "agenda": "商量老旧小区用电安全",
}

COMMANDS: dict[str, Example] = {
    "register_unit": REGISTRATION,
    "approve_unit": {"unit": UNIT},
    "reject_unit": {"unit": UNIT, "reason": "单位名称与执照不符"},
    "update_unit": {**PROFILE, "unit": UNIT, "members": 90},
    "publish_offering": {**CONTENT, "unit": UNIT},
    "revise_offering": {**CONTENT, "offering": OFFERING, "capacity": 3},
    "pause_offering": {"offering": OFFERING, "reason": "检查车年检"},
    "resume_offering": {"offering": OFFERING},
    "retire_offering": {"offering": OFFERING},
    "raise_need": {**WANTED, "words": WORDS},
    "verify_need": {"need": NEED, "title": "老旧线路检查一户", "urgency": "urgent"},
    "reject_need": {"need": NEED, "reason": "不在本社区"},
    "appeal_need": {"need": NEED, "words": "我家就在灯塔社区"},
    "decide_need_appeal": {"need": NEED, "upheld": True, "reason": "地址属于本社区"},
    "ask_resident": {"need": NEED, "words": "哪天上午方便？"},
    "answer_need": {"need": NEED, "words": "周六上午"},
    "confirm_need": {"need": NEED, "score": 5, "words": "很仔细"},
    "rate_need": {"need": NEED, "score": 5, "words": "很仔细"},
    "dispute_need": {"need": NEED, "words": "只看了一间屋"},
    "send_back_need": {"need": NEED, "due": DUE, "reason": "请把其余房间查完"},
    "settle_need": {"need": NEED, "reason": "已协商一致"},
    "reopen_need": {"need": NEED, "words": "又跳闸了"},
    "withdraw_need": {"need": NEED, "reason": "已经解决"},
    "delete_need_words": {"need": NEED},
    "claim_need": {"need": NEED, "unit": UNIT, "due": "2026-06-13", "offering": OFFERING, "starts_at": SATURDAY},
    "dispatch_need": {"need": NEED, "unit": UNIT, "due": DUE},
    "undertake_resolution": {
        "resolution": RESOLUTION,
        "unit": UNIT,
        "title": "三个院落线路普查",
        "category": "零距离安全",
        "audience": "全体居民",
        "community": COMMUNITY,
        "due": DUE,
    },
    "begin_commitment": {"commitment": COMMITMENT},
    "decline_commitment": {"commitment": COMMITMENT, "reason": "本周人手不够"},
    "postpone_commitment": {"commitment": COMMITMENT, "due": "2026-06-20", "reason": "等配件"},
    "fulfil_commitment": {"commitment": COMMITMENT, "words": "换了两处开关", "served": 2},
    "give_up_commitment": {"commitment": COMMITMENT, "reason": "检查车故障"},
    "call_meeting": CONVENED,
    "cancel_meeting": {"meeting": MEETING, "reason": "改期"},
    "record_attendance": {"meeting": MEETING, "units": [UNIT]},
    "record_minutes": {"meeting": MEETING, "minutes": "到会单位一致同意分片检查。"},
    "pass_resolution": {"meeting": MEETING, "text": "六月完成三个院落线路普查"},
    "conclude_meeting": {"meeting": MEETING},
}

OF_COMMITMENT: Example = {"need": NEED, "commitment": COMMITMENT}
TAKEN: Example = {
    **OF_COMMITMENT,
    "unit": UNIT,
    "due": DUE,
    "due_at": DUE_AT,
    "lease_until": "2026-06-03T01:00:00.000Z",
    "by": "P2",
}

EVENTS: dict[str, Example] = {
    "unit_registered.v1": {**REGISTRATION, "unit": UNIT, "by": "P1"},
    "unit_approved.v1": {"unit": UNIT},
    "unit_rejected.v1": COMMANDS["reject_unit"],
    "unit_updated.v1": COMMANDS["update_unit"],
    "unit_halted.v1": {"unit": UNIT, "partner": PARTNER},
    "unit_freed.v1": {"unit": UNIT, "partner": PARTNER},
    "offering_published.v1": {**ABOUT, "weekly": "FREQ=WEEKLY;BYDAY=SA", "unit": UNIT, "offering": OFFERING},
    "offering_published.v2": {**CONTENT, "unit": UNIT, "offering": OFFERING},
    "offering_revised.v1": {**COMMANDS["revise_offering"], "version": 2},
    "offering_paused.v1": COMMANDS["pause_offering"],
    "offering_resumed.v1": {"offering": OFFERING},
    "offering_retired.v1": {"offering": OFFERING},
    "offering_expired.v1": {"offering": OFFERING, "valid_until": "2026-12-31"},
    "offering_used_up.v1": {"offering": OFFERING, "period": "2026-W24"},
    "offering_renewed.v1": {"offering": OFFERING, "period": "2026-W25"},
    "offering_reserved.v1": {
        "offering": OFFERING, "activity": ACTIVITY, "period": "2026-W24", "occurrence": SATURDAY,
    },
    "offering_declined.v1": {
        "offering": OFFERING,
        "activity": ACTIVITY,
        "code": "used_up",
        "reason": "“老旧线路安全检查”在 2026-W24 的 2 次已经用完",
    },
    "offerings_released.v1": {"activity": ACTIVITY, "offerings": [{"offering": OFFERING, "period": "2026-W24"}]},
    "need_raised.v1": {**WANTED, "need": NEED, "beneficiary": "P1", "by": "P1", "note": NEED, "similar": []},
    "need_verified.v1": {**COMMANDS["verify_need"], **CLOCKS, "by": "P6"},
    "need_rejected.v1": {**COMMANDS["reject_need"], "by": "P6"},
    "need_appealed.v1": {"need": NEED, "by": "P1", "note": "N3"},
    "need_appeal_decided.v1": {**COMMANDS["decide_need_appeal"], "by": "P4"},
    "resident_asked.v1": {"need": NEED, "note": "N2", "by": "P6", "claim_left": 240, "close_left": 2000},
    "resident_answered.v1": {"need": NEED, "note": "N3", "by": "P1", "close_by": CLOCKS["close_by"]},
    "need_overdue.v1": {"need": NEED, "clock": "claim", "since": CLOCKS["claim_by"]},
    "need_claimed.v1": {
        **TAKEN,
        "offering": OFFERING,
        "occurrence": SATURDAY,
        "period": "2026-W24",
        "response_minutes": 35,
        "in_time": True,
    },
    "need_dispatched.v1": TAKEN,
    "resolution_undertaken.v1": {**COMMANDS["undertake_resolution"], **OF_COMMITMENT, "due_at": DUE_AT, "by": "P4"},
    "commitment_begun.v1": {**OF_COMMITMENT, "by": "P2", "response_minutes": 60, "in_time": True},
    "commitment_declined.v1": {**OF_COMMITMENT, "unit": UNIT, "by": "P2", "reason": "本周人手不够"},
    "commitment_lapsed.v1": {**OF_COMMITMENT, "unit": UNIT, "lease_until": TAKEN["lease_until"]},
    "commitment_postponed.v1": {
        **OF_COMMITMENT, "by": "P2", "due": "2026-06-20", "due_at": "2026-06-20T16:00:00.000Z", "reason": "等配件",
    },
    "commitment_overdue.v1": {**OF_COMMITMENT, "due": DUE},
    "need_fulfilled.v1": {**OF_COMMITMENT, "by": "P2", "note": "N4", "served": 2},
    "commitment_withdrawn.v1": {**OF_COMMITMENT, "unit": UNIT, "by": "P2", "reason": "检查车故障"},
    "need_confirmed.v1": {
        **OF_COMMITMENT, "by": "P1", "way": "beneficiary", "minutes": 900, "in_time": True,
        "close_at": "2026-06-20T01:00:00.000Z", "score": 5, "note": "N5",
    },
    "need_rated.v1": {"need": NEED, "by": "P1", "score": 5, "note": "N6"},
    "need_disputed.v1": {**OF_COMMITMENT, "by": "P1", "note": "N7"},
    "need_sent_back.v1": {**COMMANDS["send_back_need"], **OF_COMMITMENT, "due_at": DUE_AT, "by": "P6"},
    "need_closed.v1": {**OF_COMMITMENT, "by": "P6", "reason": "已协商一致"},
    "need_reopened.v1": {"need": NEED, **CLOCKS, "by": "P1", "note": "N8"},
    "need_withdrawn.v1": {**COMMANDS["withdraw_need"], "by": "P1", "commitment": COMMITMENT},
    "need_words_deleted.v1": {"need": NEED, "by": "P1", "notes": [NEED, "N3"]},
    "meeting_called.v1": {**CONVENED, "meeting": MEETING, "chair": UNIT, "proposed": UNIT, "by": "P4"},
    "meeting_cancelled.v1": COMMANDS["cancel_meeting"],
    "attendance_recorded.v1": {"meeting": MEETING, "present": [UNIT], "absent": [], "by": "P4"},
    "minutes_recorded.v1": {**COMMANDS["record_minutes"], "by": "P4"},
    "resolution_passed.v1": {**COMMANDS["pass_resolution"], "resolution": RESOLUTION},
    "meeting_concluded.v1": {"meeting": MEETING},
}  # fmt: skip

PLACED: Example = {"street": STREET, "district": DISTRICT}
RESOURCES: dict[str, Example] = {
    "Unit": {
        **REGISTRATION,
        **PLACED,
        "id": UNIT,
        "code_doubtful": False,
        "by": "P1",
        "state": "approved",
        "state_text": "已通过",
        "halted": False,
        "seq": 2,
    },
    "Offering": {
        **CONTENT,
        **PLACED,
        "id": OFFERING,
        "unit": UNIT,
        "version": 1,
        "state": "published",
        "state_text": "已发布",
        "pauses": [],
        "unit_name": PROFILE["name"],
        "seq": 3,
    },
    "Occurrences": {
        "id": OFFERING,
        "items": [
            {"starts_at": SATURDAY, "ends_at": "2026-06-13T04:00:00.000Z", "period": "2026-W24", "left": 2},
        ],
    },
    "Need": {
        **WANTED,
        **PLACED,
        **CLOCKS,
        "id": NEED,
        "title": "老旧线路检查一户",
        "state": "verified",
        "state_text": "待认领",
        "raised_at": "2026-06-01T01:00:00.000Z",
        "verified_at": "2026-06-01T01:00:00.000Z",
        "waiting": False,
        "overdue": [],
        "reopened": 0,
        "seq": 4,
    },
    "Commitment": {
        **PLACED,
        "id": COMMITMENT,
        "need": NEED,
        "title": "老旧线路检查一户",
        "category": "零距离安全",
        "unit": UNIT,
        "unit_name": PROFILE["name"],
        "community": COMMUNITY,
        "origin": "claim",
        "state": "held",
        "state_text": "待开始",
        "taken_at": "2026-06-01T01:00:00.000Z",
        "due": DUE,
        "late": False,
        "postponed": 0,
        "lease_until": TAKEN["lease_until"],
        "seq": 5,
    },
    "Meeting": {
        **CONVENED,
        "id": MEETING,
        "chair": UNIT,
        "chair_name": PROFILE["name"],
        "proposed": UNIT,
        "state": "called",
        "state_text": "已召集",
        "present": 1,
        "resolutions": [{"id": RESOLUTION, "text": "六月完成三个院落线路普查", "outcome": "open"}],
        "seq": 6,
    },
    "Attendee": {"id": f"{MEETING}.{UNIT}", "unit": UNIT, "unit_name": PROFILE["name"], "seq": 7},
}

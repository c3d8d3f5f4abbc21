"""联建单位、资源、需求、项目与联席会议."""

from gateway.api import commitments
from gateway.api.routes import Table, changes, creates, lists, shows
from schemas.cobuild import closing as e
from schemas.cobuild import commitments as c
from schemas.cobuild import matching as x
from schemas.cobuild import meetings as m
from schemas.cobuild import needs as n
from schemas.cobuild import offerings as o
from schemas.cobuild import suggestions as s
from schemas.cobuild import units as u

UNIT = "/units/<unit>"
OFFERING = "/offerings/<offering>"
NEED = "/needs/<need>"
COMMITMENT = "/commitments/<commitment>"
MEETING = "/meetings/<meeting>"
RESOLUTION = "/resolutions/<resolution>"

UNITS = (
    creates("/units", "register_unit", u.RegisterUnit, u.Unit, "登记联建单位"),
    lists("/units", "list_units", u.ListUnits, u.Unit, "查看联建单位"),
    shows(UNIT, "get_unit", u.OfUnit, u.Unit, "查看一个联建单位"),
    changes(f"{UNIT}/approve", "approve_unit", u.OfUnit, u.Unit, "通过登记"),
    changes(
        f"{UNIT}/reject", "reject_unit", u.RejectUnit, u.Unit, "不通过登记，说明原因"
    ),
    changes(
        f"{UNIT}/appeal", "appeal_unit", u.AppealUnit, u.Unit, "对不通过申诉，一次"
    ),
    changes(
        f"{UNIT}/appeal/decide",
        "decide_unit_appeal",
        u.DecideUnitAppeal,
        u.Unit,
        "复核申诉，由原来决定的人以外的人办",
    ),
    changes(
        f"{UNIT}/unapprove",
        "withdraw_unit_approval",
        u.WithdrawUnitApproval,
        u.Unit,
        "撤销通过的决定，还没有凭它办事时",
    ),
    changes(
        f"{UNIT}/suspend",
        "suspend_unit",
        u.SuspendUnit,
        u.Unit,
        "暂停单位，先说明影响什么",
    ),
    changes(f"{UNIT}/reinstate", "reinstate_unit", u.OfUnit, u.Unit, "恢复单位"),
    changes(f"{UNIT}/end", "end_unit", u.EndUnit, u.Unit, "终止单位，先说明影响什么"),
    changes(f"{UNIT}/profile", "update_unit", u.UpdateUnit, u.Unit, "更新单位资料"),
)
OFFERINGS = (
    creates(
        f"{UNIT}/offerings",
        "publish_offering",
        o.PublishOffering,
        o.Offering,
        "发布资源",
        at="/offerings/{id}",
    ),
    lists(
        "/offerings",
        "list_offerings",
        o.ListOfferings,
        o.Offering,
        "资源清单",
        for_all=True,
    ),
    shows(
        OFFERING, "get_offering", o.OfOffering, o.Offering, "查看一项资源", for_all=True
    ),
    shows(
        f"{OFFERING}/occurrences",
        "list_occurrences",
        o.ListOccurrences,
        o.Occurrences,
        "什么时候可用",
        for_all=True,
    ),
    changes(
        f"{OFFERING}/revise", "revise_offering", o.ReviseOffering, o.Offering, "改版"
    ),
    changes(
        f"{OFFERING}/pause", "pause_offering", o.PauseOffering, o.Offering, "暂停资源"
    ),
    changes(
        f"{OFFERING}/resume", "resume_offering", o.OfOffering, o.Offering, "恢复资源"
    ),
    changes(
        f"{OFFERING}/retire", "retire_offering", o.OfOffering, o.Offering, "下架资源"
    ),
    shows(
        f"{OFFERING}/matches",
        "matches_of_offering",
        x.MatchesOfOffering,
        x.Matches,
        "适合这项资源的需求，附理由",
    ),
)
NEEDS = (
    creates("/needs", "raise_need", n.RaiseNeed, n.Need, "提出需求"),
    lists("/needs", "list_needs", n.ListNeeds, n.Need, "需求清单"),
    lists(
        "/me/needs",
        "my_needs",
        n.MyNeeds,
        n.Need,
        "我的需求：自己提出的，和社区为我提出的",
    ),
    shows(NEED, "get_need", n.GetNeed, n.Need, "查看一项需求"),
    shows(
        f"{NEED}/matches",
        "matches_of_need",
        x.MatchesOfNeed,
        x.Matches,
        "适合这项需求的资源，附理由",
    ),
    shows(
        "/matching/weights",
        "matching_weights",
        x.AskWeights,
        x.Weights,
        "匹配怎样计分",
        for_all=True,
    ),
    changes(f"{NEED}/verify", "verify_need", n.VerifyNeed, n.Need, "核实需求"),
    changes(f"{NEED}/reject", "reject_need", n.RejectNeed, n.Need, "不受理，说明原因"),
    changes(
        f"{NEED}/appeal", "appeal_need", n.AppealNeed, n.Need, "对不受理申诉，一次"
    ),
    changes(
        f"{NEED}/appeal/decide",
        "decide_need_appeal",
        n.DecideNeedAppeal,
        n.Need,
        "复核申诉，由原来决定的人以外的人办",
    ),
    changes(
        f"{NEED}/ask",
        "ask_resident",
        n.AskResident,
        n.Need,
        "询问提出人，回答之前不计时",
    ),
    changes(f"{NEED}/answer", "answer_need", n.AnswerNeed, n.Need, "回答询问"),
    changes(
        f"{NEED}/confirm",
        "confirm_need",
        e.ConfirmNeed,
        n.Need,
        "受益人确认，或社区回访确认",
    ),
    changes(f"{NEED}/rate", "rate_need", e.RateNeed, n.Need, "评价"),
    changes(f"{NEED}/dispute", "dispute_need", e.DisputeNeed, n.Need, "提出异议"),
    changes(
        f"{NEED}/send-back",
        "send_back_need",
        e.SendBackNeed,
        n.Need,
        "有异议的退回重做",
    ),
    changes(f"{NEED}/settle", "settle_need", e.SettleNeed, n.Need, "有异议的裁定办结"),
    changes(f"{NEED}/reopen", "reopen_need", e.ReopenNeed, n.Need, "重新提出"),
    changes(f"{NEED}/withdraw", "withdraw_need", n.WithdrawNeed, n.Need, "撤回需求"),
    changes(
        f"{NEED}/pass-up",
        "pass_up_need",
        s.PassUpNeed,
        n.NeedListed,
        "问到的单位不接，转问下一家",
    ),
    changes(
        f"{NEED}/words/delete",
        "delete_need_words",
        n.OfNeed,
        n.NeedListed,
        "删除自己写的话，随时可以",
    ),
)
MEETINGS = (
    creates("/meetings", "call_meeting", m.CallMeeting, m.Meeting, "召集联席会议"),
    lists("/meetings", "list_meetings", m.ListMeetings, m.Meeting, "查看联席会议"),
    shows("/meetings/next-chair", "next_chair", m.NextChair, m.Chair, "轮到哪个单位主持"),
    shows(MEETING, "get_meeting", m.OfMeeting, m.Meeting, "查看一次联席会议"),
    changes(f"{MEETING}/cancel", "cancel_meeting", m.CancelMeeting, m.Meeting, "取消会议"),
    changes(f"{MEETING}/attendance", "record_attendance", m.RecordAttendance, m.Meeting, "登记到会单位"),
    lists(f"{MEETING}/attendance", "list_attendance", m.ListAttendance, m.Attendee, "到会单位"),
    changes(f"{MEETING}/minutes", "record_minutes", m.RecordMinutes, m.Meeting, "记录纪要"),
    changes(f"{MEETING}/resolutions", "pass_resolution", m.PassResolution, m.Meeting, "记录决议"),
    changes(f"{MEETING}/conclude", "conclude_meeting", m.OfMeeting, m.Meeting, "结束会议"),
    creates(
        f"{RESOLUTION}/undertake", "undertake_resolution", c.UndertakeResolution, c.Commitment, "决议成为项目",
        at="/commitments/{id}"
    ),
)  # fmt: skip

TABLE = Table(
    "cobuild",
    "联建单位、资源、需求与项目",
    (*UNITS, *OFFERINGS, *NEEDS, *commitments.ROUTES, *MEETINGS),
)

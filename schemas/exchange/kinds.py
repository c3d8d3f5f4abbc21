"""The tables there are. A new one is an entry here; a new column is a line in it."""

from schemas.activities import postings
from schemas.branches import areas, branches, endings
from schemas.cobuild import needs, offerings, units
from schemas.exchange.columns import Kind, Step, states
from schemas.exchange.doorstep import DOORS, MEMBERS
from schemas.exchange.people import PEOPLE
from schemas.partners import partners

UNIT = {
    "name": "单位名称",
    "credit_code": "统一社会信用代码",
    "industry": "行业",
    "community": "社区代码",
    "members": "职工人数",
    "contact_role": "联系人职务",
    "joined_on": "加入日期",
}
PARTNER = {
    "name": "名称",
    "kind": "合伙人类型",
    "credit_code": "统一社会信用代码",
    "community": "社区代码",
    "categories": "服务类别",
    "hours": "服务时间",
    "contact_role": "联系人职务",
}
OFFERING = {
    "unit": "联建单位编号",
    "title": "资源名称",
    "category": "服务类别",
    "audience": "服务对象",
    "place": "地点",
    "community": "社区代码",
    "starts_at": "首次开始时间",
    "minutes": "每次分钟数",
    "repeats": "重复规则",
    "except_on": "例外日期",
    "capacity": "每周期次数",
    "per": "周期",
    "valid_until": "有效期至",
    "retired_on": "下架日期",
}
NEED = {
    "category": "服务类别",
    "audience": "服务对象",
    "urgency": "紧急程度",
    "community": "社区代码",
    "grid": "微网格编码",
    "slots": "希望的时间",
    "beneficiary": "受益人编号",
    "words": "需要什么",
}
ALLIANCE = {"since": "加入联盟日期"}
DECISION = {"reason": "最近决定的原因"}
ONCE_APPROVED = ("approved", "suspended", "reinstated", "withdrawn")
REJECTED = ("rejected", "appealed")
BRANCH = {
    "name": "党支部名称",
    "company": "所在企业",
    "community": "社区代码",
    "site": "阵地编号",
    "established_on": "成立日期",
}
COURTYARD = {
    "courtyard": "院落编码",
    "name": "名称",
    "community": "社区代码",
    "valid_from": "有效期始",
    "valid_to": "有效期止",
}
GRID = {
    "grid": "微网格编码",
    "name": "名称",
    "community": "社区代码",
    "courtyard": "院落编码",
    "valid_from": "有效期始",
    "valid_to": "有效期止",
}
SECRETARY = {"person": "书记人员编号", "since": "任职首日", "until": "任职末日"}
DISSOLUTION = {"on": "撤销日期", "reason": "撤销的原因"}
ACTIVITY = {
    "host": "主办方",
    "title": "活动名称",
    "summary": "活动介绍",
    "category": "活动类别",
    "campaign": "主题活动",
    "community": "社区代码",
    "grid": "微网格编码",
    "mode": "参加方式",
    "place": "地点",
    "link": "线上链接",
    "starts_at": "开始时间",
    "ends_at": "结束时间",
    "cutoff": "报名截止时间",
    "capacity": "名额",
    "helpers": "志愿者岗位数",
    "helpers_cutoff": "志愿者报名截止时间",
    "all_help": "全部是志愿者岗位",
}

KINDS = {
    "units": Kind(
        "联建单位",
        "cobuild",
        (
            Step("register_unit", units.RegisterUnit, "登记", UNIT),
            Step(
                "approve_unit",
                units.OfUnit,
                "审核通过",
                {},
                about="unit",
                states=("approved", "suspended", "ended"),
            ),
            Step(
                "reject_unit",
                units.RejectUnit,
                "审核不通过",
                DECISION,
                about="unit",
                states=REJECTED,
            ),
            Step(
                "suspend_unit",
                units.SuspendUnit,
                "暂停",
                DECISION,
                about="unit",
                states=("suspended",),
            ),
            Step(
                "end_unit",
                units.EndUnit,
                "终止",
                DECISION,
                about="unit",
                states=("ended",),
            ),
        ),
        also={"不通过的原因": "reason"},
        states=states("审核状态", units.STATES_IN_WORDS),
    ),
    "partners": Kind(
        "社区合伙人",
        "partners",
        (
            Step("apply", partners.Apply, "申请", PARTNER),
            Step(
                "approve",
                partners.OfPartner,
                "通过申请",
                {},
                about="partner",
                states=ONCE_APPROVED,
            ),
            Step(
                "join_alliance",
                partners.JoinAlliance,
                "加入联盟",
                ALLIANCE,
                about="partner",
            ),
            Step(
                "reject",
                partners.Reject,
                "不通过申请",
                DECISION,
                about="partner",
                states=REJECTED,
            ),
            Step(
                "suspend",
                partners.Suspend,
                "暂停",
                DECISION,
                about="partner",
                states=("suspended",),
            ),
            Step(
                "withdraw",
                partners.Withdraw,
                "退出",
                DECISION,
                about="partner",
                states=("withdrawn",),
            ),
        ),
        states=states("审核状态", partners.STATES_IN_WORDS),
    ),
    "offerings": Kind(
        "资源",
        "cobuild",
        (Step("publish_offering", offerings.PublishOffering, "发布", OFFERING),),
    ),
    "needs": Kind(
        "需求",
        "cobuild",
        (Step("raise_need", needs.RaiseNeed, "提出", NEED),),
        also={"需求": "words"},
    ),
    "branches": Kind(
        "党支部",
        "branches",
        (
            Step(
                "establish_branch",
                branches.EstablishBranch,
                "登记",
                BRANCH,
                named={"established_on": "since"},
            ),
            Step(
                "appoint_secretary",
                branches.AppointSecretary,
                "任命书记",
                SECRETARY,
                about="branch",
            ),
            Step(
                "dissolve_branch",
                endings.DissolveBranch,
                "撤销",
                DISSOLUTION,
                about="branch",
                states=("dissolved",),
            ),
        ),
        states=states("状态", branches.STATES_IN_WORDS, ("established", "dissolved")),
        also={"最近任命的书记": "person"},
    ),
    "courtyards": Kind(
        "院落",
        "branches",
        (Step("record_courtyard", areas.RecordCourtyard, "登记", COURTYARD),),
    ),
    "grids": Kind(
        "微网格", "branches", (Step("record_grid", areas.RecordGrid, "登记", GRID),)
    ),
    "doors": DOORS,
    "members": MEMBERS,
    "people": PEOPLE,
    "activities": Kind(
        "活动草稿",
        "activities",
        (Step("draft_activity", postings.DraftActivity, "登记", ACTIVITY),),
        posted_by="发布人编号",
    ),
}

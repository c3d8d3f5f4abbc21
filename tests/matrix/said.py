"""What stands in the path, after the `?` and in the body of what is asked, where the examples do not say it."""

from collections.abc import Mapping
from typing import Any

from tests.examples import activities as a
from tests.examples import branches, cobuild, metrics, people
from tests.matrix import activities

ME = "@me"  # In a body: whoever asks.
FIXED: Mapping[str, str] = {
    "activity": a.ACTIVITY,
    "channel": "mail",
    "code": activities.CERTIFICATE_CODE,
    "courtyard": branches.COURTYARD["courtyard"],
    "filename": "docs.css",
    "grid": branches.GRID["grid"],
    "id": "B1",
    "kind": "branch",
    "link": branches.LINK,
    "message": cobuild.MESSAGE,
    "month": metrics.MONTH["month"],
    "offering": a.OFFERING,
    "person": "R1",
    "report": branches.REPORT,
    "resolution": cobuild.RESOLUTION,
    "scope": metrics.MONTH["scope"],
    "secret": activities.SECRET,
    "site": branches.SITE,
}
PERSON, STRANGER = (
    "R1",
    "R0",
)  # Whom commands name, who took part; and somebody who did not.
MONTH = {"scope": "510108", "period": "2026-06"}
FIGURE = {"figure": "person_times"}
# What a question must say, by its name.
SAID: Mapping[str, Mapping[str, str]] = {
    "branch_chart": {"division": "510108"},
    "breakdown": {**MONTH, "by": "division"},
    "compare_report": {"earlier": "1"},
    "comparison": MONTH,
    "facts": {**MONTH, **FIGURE},
    "open_facts": FIGURE,
    "report_facts": FIGURE,
    "figures": MONTH,
    "get_calendar": {"division": activities.COMMUNITY},
    "list_persons": {"division": "510108015001"},
    "list_holders": {"scope": "510108015001"},
    "list_contests": {"community": activities.COMMUNITY},
    "list_certificates": {"issuer": "branch/B1"},
    "list_meetings": {"division": cobuild.STREET},
    "list_members": {"division": "510108"},
    "list_reports": {"scope": "510108"},
    "list_targets": {"scope": "510108"},
    "list_templates": {"owner": "branch/B1"},
    "next_chair": {"division": cobuild.STREET},
    "report": metrics.MONTH,
    "report_differences": {"earlier": "1"},
    "roster": {"activity": a.ACTIVITY},
    "sign_in": {"activity": a.ACTIVITY},
    "resident_commendations": {"issuer": "branch/B1"},
    "resident_record": {"division": activities.COMMUNITY},
    "resident_totals": {"division": activities.COMMUNITY},
    "unit": {"unit": cobuild.UNIT, "period": "2026"},
    "unit_figures": {"period": "2026"},
    "span": {"scope": "510108", "from": "2026-01-01", "to": "2026-06-30"},
    "series": {
        "scope": "510108",
        **FIGURE,
        "from": "2026-06-01",
        "to": "2026-06-30",
        "step": "day",
    },
}
IN_A_TABLE = {"apply": {"hours": "周二 10:00–12:00"}}
LINE = {"person": "R1", "in": "2026-06-13T01:05:00.000Z"}
SCAN = {
    "person": "R1",
    "direction": "out",
    "at": "2026-06-13T01:45:00.000Z",
    "device": "D1",
    "nonce": "N9",
}
# Bodies that are not those of the examples: to be done where all goes well.
BODIES: Mapping[str, Mapping[str, Any]] = {
    "change_roles": {"people": [PERSON], "role": "participant", "reason": "登记错了"},
    "claim_need": {"unit": cobuild.UNIT, "due": "2026-06-13"},
    "find_persons": {"division": "510108015001", "name": "王"},
    "freeze_report": {"scope": "510108002", "month": "2026-06"},
    "link_oversight": {
        "kind": "territorial",
        "parent": "510108015",
        "since": "2026-06-02",
    },
    "record_attendance": {"units": [cobuild.UNIT, "U2"]},
    "record_courtyard": {**branches.COURTYARD, "courtyard": "Y-02"},
    "record_grid": {**branches.GRID, "grid": "W-0102"},
    "assign_site": {"site": branches.SITE, "since": "2026-07-01"},
    "report_in_branch": {"community": "510108016001", "on": "2026-06-20"},
    "report_in_member": {
        "community": branches.COMMUNITY,
        "on": "2026-06-20",
        "person": "P28",
    },
    "settle_contest": {"upheld": False, "reason": "已核对"},
    "sign_up": {"party": [{"person": ME, "relation": "self"}]},
    "undo_check": {"person": "R2", "undone": "in", "reason": "扫错了人"},
    "call_meeting": {**cobuild.CONVENED, "held_at": "2026-08-05T06:00:00.000Z"},
    "check_out": {"person": "R2", "at": "2026-06-13T01:45:00.000Z"},
    "record_paper_list": {"lines": [LINE]},
    "record_scan": SCAN,
    "record_scans": {"scans": [SCAN]},
}

# What somebody says who comes in.
SIGN_IN: Mapping[str, Mapping[str, str]] = {
    "/sign-in/desk": {"phone": people.PHONE, "digits": "123456"},
    "/sign-in/invitation": people.COMMANDS["accept_invitation"],
    "/sign-in/password": {"phone": people.PHONE, "password": people.PASSWORD},
    "/sign-in/password/change": {"old": "x", "password": people.PASSWORD},
    "/sign-out": {},
}

PAGES = {
    "/": "近期活动的页面",
    "/activities/<activity>/sign-up": "报名的页面",
    "/calendar": "这个月的活动",
    "/calendar/<month>": "一个月的活动",
    "/desk": "等我办的事的页面",
    "/display": "怎样显示",
    "/district": "数字的页面",
    "/district/facts": "一个数字由哪些事实构成的页面",
    "/help": "帮助",
    "/inbox": "消息的页面",
    "/invite": "接受邀请的页面",
    "/leave": "退出登录",
    "/live/<topic>": "页面上有变化时告知",
    "/me": "我的页面",
    "/needs/<need>": "一项需求的页面",
    "/needs/<need>/confirm": "确认需求做到了，从页面",
    "/needs/new": "提需求的页面",
    "/offline": "没有网络时的页面",
    "/privacy": "隐私说明",
    "/sign-in": "登录的页面",
    "/signups/<signup>": "一个报名的页面",
    "/signups/<signup>/accept": "接受名额，从页面",
    "/signups/<signup>/cancel": "取消报名，从页面",
    "/signups/<signup>/code": "座位码的页面",
    "/sw.js": "没有网络时也能打开的部分",
    "/web/<path:filename>": "样式",
    "/activities/<activity>": "一个活动的页面",
    "/activities/<activity>/roster": "打印活动名册",
    "/activities/<activity>/sign-in": "打印活动签到表",
    "/api/docs": "接口说明",
    "/branches/<branch>": "一个党支部的页面",
    "/partners/<partner>": "一个社区合伙人的页面",
    "/units": "联建单位的页面",
    "/units/<unit>": "一个联建单位的页面",
    "/api/v1/": "接口说明",
    "/api/v1/openapi.json": "接口说明，OpenAPI",
    "/certificates/<certificate>": "打印一张证明",
    "/healthz": "进程在运行",
    "/readyz": "各服务有应答",
    "/reports/<scope>/<month>": "打印一份月报",
    "/reports/<scope>/<month>/facts": "月报中一个数字由哪些事情构成",
    "/sign-in/desk": "用窗口给的验证码登录",
    "/sign-in/invitation": "接受邀请，设置手机号和密码",
    "/sign-in/me": "现在是谁登录着",
    "/sign-in/password": "用密码登录",
    "/sign-in/password/change": "换密码，其他登录随之失效",
    "/sign-in/ways": "可以怎样登录",
    "/sign-out": "退出登录",
    "/static/<path:filename>": "样式",
    "/verify/<code>": "核验一张证明",
}

"""日历：活动服务的一部分；订阅用的 .ics 见 gateway/calendars."""

from gateway.api.routes import changes, creates, shows, shows_by_secret
from schemas.activities.calendars import (
    Calendar,
    CalendarAddress,
    OfMyCalendar,
    ShowCalendar,
    ShowPersonalCalendar,
)

MINE = "/me/calendar"

ROUTES = (
    shows(
        "/calendars",
        "get_calendar",
        ShowCalendar,
        Calendar,
        "查看一个日历",
        for_all=True,
    ),
    shows_by_secret(
        "/calendars/me/<secret>",
        "personal_calendar",
        ShowPersonalCalendar,
        Calendar,
        "查看个人日历",
    ),
    shows(MINE, "my_calendar", OfMyCalendar, CalendarAddress, "我的日历地址"),
    creates(
        MINE,
        "issue_calendar",
        OfMyCalendar,
        CalendarAddress,
        "取得日历地址；原有的随即停用",
        at=MINE,
    ),
    changes(
        f"{MINE}/revoke",
        "revoke_calendar",
        OfMyCalendar,
        CalendarAddress,
        "停用日历地址",
    ),
)

"""通知：收件箱、各人的选择、送出的情况."""

from gateway.api.routes import Table, changes, lists, shows
from schemas.notices import choices as c
from schemas.notices import deliveries as d
from schemas.notices import inbox as i

MINE = "/me/notices"

TABLE = Table(
    "notices",
    "通知",
    (
        lists(MINE, "my_notices", i.MyNotices, i.Notice, "我的通知，新的在前"),
        shows(f"{MINE}/unread", "unread", i.Nothing, i.Unread, "未读几条"),
        changes(
            f"{MINE}/read",
            "read_notices",
            i.ReadNotices,
            i.Reader,
            "到某一刻为止的都已读",
        ),
        changes(
            f"{MINE}/<notice>/read", "read_notice", i.ReadNotice, i.ReadMark, "读了一条"
        ),
        shows(f"{MINE}/choices", "my_choices", i.Nothing, c.Choices, "我怎样收通知"),
        changes(
            f"{MINE}/choices",
            "choose_notices",
            c.ChooseNotices,
            c.Choices,
            "选择怎样收通知",
        ),
        changes(
            f"{MINE}/addresses",
            "give_address",
            c.GiveAddress,
            c.Choices,
            "填写一个渠道的地址；不会再显示出来",
        ),
        changes(
            f"{MINE}/addresses/<channel>/forget",
            "forget_address",
            c.OfChannel,
            c.Choices,
            "删除一个渠道的地址",
        ),
        lists(
            "/notices/deliveries",
            "list_deliveries",
            d.ListDeliveries,
            d.Delivery,
            "通知送出的情况",
        ),
        changes(
            "/notices/deliveries/<delivery>/resend",
            "resend_delivery",
            d.ResendDelivery,
            d.Resent,
            "人工重发一条",
        ),
    ),
)

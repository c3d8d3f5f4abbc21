"""The life of a delivery. At most once: what may have arrived is not sent again by itself."""

from services.kit.lifecycle import LifeCycle, Step

DELIVERY = LifeCycle(
    "delivery",
    "通知的送出",
    {
        "waiting": "待发送",
        "sending": "发送中",
        "delivered": "已送出",
        "failed": "没有送出",
        "unknown": "结果不明",
        "dropped": "不再发送",
    },
    {
        "begin": Step("开始发送", ("waiting",), "sending", cause="time"),
        "put_off": Step("等到可以打扰的时候", ("waiting",), cause="time"),
        "drop": Step("作罢", ("waiting",), "dropped", cause="step"),
        "succeed": Step("送出", ("sending", "unknown"), "delivered"),
        "retry": Step("没有送出，稍后再试", ("sending", "unknown"), "waiting"),
        "give_up": Step("没有送出，不再试", ("sending", "unknown"), "failed"),
        "doubt": Step(
            "恢复备份，不知是否已送出", ("waiting",), "unknown", cause="event"
        ),
        "lose": Step("没有回音", ("sending",), "unknown", cause="time"),
        "resend": Step("人工重发", ("failed", "unknown"), "waiting"),
    },
)

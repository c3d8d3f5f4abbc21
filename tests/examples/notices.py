"""One canonical example of every command, event and resource of notices."""

from schemas.documents import Json

NOTICE = "01JZ0000000000000000000001.seat_confirmed.0"
AT = "2026-06-01T01:00:00.000Z"
SESSION = "01JZ00000000000000000000A1.1"
ACTIVITY = "01JZ00000000000000000000A1"
CAUSE = "01JZ0000000000000000000002"
DELIVERY = f"{NOTICE}.mail"
MESSAGE = "01JZ0000000000000000000003"
OF_MESSAGE: Json = {"message": MESSAGE, "deliveries": [DELIVERY]}
CHOSEN: Json = {
    "language": "zh",
    "digest": True,
    "quiet_from": "22:00",
    "quiet_until": "07:30",
    "wanted": [{"channel": "mail", "kinds": ["session_cancelled", "session_changed"]}],
}
PLANNED: Json = {
    "delivery": DELIVERY,
    "notice": NOTICE,
    "kind": "seat_confirmed",
    "to": "person/P1",
    "channel": "mail",
    "send_at": AT,
    "ready_at": AT,
    "group_at": AT,
    "soon": "2026-06-13T01:00:00.000Z",
}

COMMANDS: dict[str, Json] = {
    "read_notice": {"notice": NOTICE},
    "read_notices": {"upto": AT},
    "choose_notices": CHOSEN,
    "give_address": {"channel": "mail", "address": "demo@example.org"},
    "forget_address": {"channel": "mail"},
    "plan_deliveries": {},
    "begin_delivery": {"channel": "mail"},
    "report_delivery": {"message": MESSAGE, "outcome": "failed", "code": "not_reached"},
    "resend_delivery": {"delivery": DELIVERY},
}

EVENTS: dict[str, Json] = {
    "notice_read.v1": {"notice": NOTICE, "person": "P1", "of": AT, "to": "person/P1"},
    "notices_read.v1": {"upto": AT, "person": "P1"},
    "news_opened.v1": {
        "news": CAUSE,
        "kind": "session_changed",
        "activity": ACTIVITY,
        "title": "端午包粽子",
        "title_before": "包粽子",
        "reason": "场地维修",
        "sessions": [
            {
                "session": SESSION,
                "starts_at": "2026-06-13T01:00:00.000Z",
                "ends_at": "2026-06-13T03:00:00.000Z",
                "place": "二楼",
                "changed": ["place"],
            }
        ],
    },
    "news_opened.v2": {
        "news": CAUSE,
        "kind": "host_message",
        "activity": ACTIVITY,
        "title": "端午包粽子",
        "sessions": [
            {
                "session": SESSION,
                "starts_at": "2026-06-13T01:00:00.000Z",
                "place": "二楼",
                "changed": [],
            },
        ],
    },
    "reminders_begun.v1": {"ring_at": "2026-06-12T00:00:00.000Z"},
    "reminders_rung.v1": {
        "sessions": [
            {
                "session": SESSION,
                "activity": ACTIVITY,
                "title": "端午包粽子",
                "starts_at": "2026-06-13T01:00:00.000Z",
                "place": "二楼",
            }
        ],
        "after": [],
        "more": False,
        "ring_at": "2026-06-13T00:00:00.000Z",
    },
    "news_carried.v1": {
        "news": f"{CAUSE}.0",
        "people": ["P1", "P2"],
        "after": ["P1", "G1"],
        "more": False,
    },
    "notices_chosen.v1": {**CHOSEN, "person": "P1"},
    "address_given.v1": {
        "person": "P1",
        "channel": "mail",
        "note": "01JZ0000000000000000000004",
    },
    "address_forgotten.v1": {"person": "P1", "channel": "mail"},
    "deliveries_planned.v1": {
        "source": "activities",
        "upto": {"sequence": 7, "notice": NOTICE},
        "deliveries": [PLANNED],
    },
    "delivery_begun.v1": {
        **OF_MESSAGE,
        "channel": "mail",
        "to": "person/P1",
        "attempt": 1,
        "until": "2026-06-01T01:05:00.000Z",
    },
    "deliveries_dropped.v1": {**OF_MESSAGE, "code": "no_address"},
    "deliveries_put_off.v1": {**OF_MESSAGE, "send_at": "2026-06-01T23:00:00.000Z"},
    "delivery_made.v1": OF_MESSAGE,
    "delivery_failed.v1": {
        **OF_MESSAGE,
        "code": "not_reached",
        "retry_at": "2026-06-01T01:01:00.000Z",
        "ready_at": "2026-06-01T01:01:00.000Z",
    },
    "sending_interrupted.v1": {"at": AT},
    "delivery_lost.v1": {**OF_MESSAGE, "code": "no_answer"},
    "delivery_resent.v1": {"delivery": DELIVERY, "by": "A1"},
}

RESOURCES: dict[str, Json] = {
    "Notice": {
        "id": NOTICE,
        "kind": "seat_confirmed",
        "to": "person/P1",
        "at": AT,
        "heading": "报名成功",
        "text": "《端午包粽子》已留好座位：6月13日 周六 9:00，望平社区党群服务中心。",
        "about": f"activity/{ACTIVITY}",
        "signup": "G1",
        "read": False,
        "done": False,
    },
    "ReadMark": {"id": f"P1:{NOTICE}", "person": "P1", "notice": NOTICE, "of": AT},
    "Reader": {"id": "P1", "upto": AT},
    "Choices": {
        **CHOSEN,
        "id": "P1",
        "given": ["mail"],
        "offered": [{"channel": "mail", "asks": "mail"}],
    },
    "Resent": {"id": DELIVERY, "by": "A1", "at": AT},
    "Delivery": {
        "id": DELIVERY,
        "notice": NOTICE,
        "kind": "seat_confirmed",
        "to": "person/P1",
        "channel": "mail",
        "state": "waiting",
        "state_text": "待发送",
        "attempts": 1,
        "code": "not_reached",
        "at": AT,
        "send_at": "2026-06-01T01:01:00.000Z",
    },
}

"""What who runs the platform sees of its services, and asks of them."""

import marshmallow as ma

from schemas import fields
from schemas.waiting import Missing

MOST_READ = 100
REASON = 200


def source() -> fields.Text:
    return fields.Text(
        32, required=True, metadata={"description": "它跟随的服务，停在谁的事件上"}
    )


class OfService(fields.Schema):
    service = fields.Text(32, required=True, metadata={"description": "哪个服务"})


class ListLog(fields.Schema):
    stream = fields.Text(100, metadata={"description": "只看一件事物的，如 need/编号"})
    before = fields.Whole(
        1, 2**53, metadata={"description": "只看这以前的，上一页的 next"}
    )
    limit = fields.Whole(
        1, MOST_READ, load_default=50, metadata={"description": "最多几条"}
    )


class RetryFollower(fields.Schema):
    source = source()


class SetEventAside(fields.Schema):
    source = source()
    sequence = fields.Whole(
        1, 2**53, required=True, metadata={"description": "停在的事件的序号"}
    )
    reason = fields.Text(
        REASON, required=True, metadata={"description": "为什么搁置，记入日志"}
    )


class Parked(ma.Schema):
    sequence = ma.fields.Integer(required=True)
    type = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, metadata={"description": "错误的种类"})
    error = ma.fields.String(required=True, metadata={"description": "错误的原话"})
    attempts = ma.fields.Integer(required=True)
    since = ma.fields.String(required=True)
    tried = ma.fields.String(required=True)


class Followed(ma.Schema):
    source = ma.fields.String(required=True)
    position = ma.fields.Integer(
        required=True, metadata={"description": "处理到第几个事件"}
    )
    lag = ma.fields.Integer(
        allow_none=True, metadata={"description": "还有几个没有处理；不知道的为空"}
    )
    parked = ma.fields.Nested(
        Parked, metadata={"description": "停在的事件；没有停住的不写"}
    )


class Disk(ma.Schema):
    total = ma.fields.Integer(required=True, metadata={"description": "字节"})
    free = ma.fields.Integer(required=True, metadata={"description": "字节"})


class BackedUp(ma.Schema):
    at = ma.fields.String(required=True)
    head = ma.fields.Integer(required=True, metadata={"description": "到第几个事件"})


class Standing(ma.Schema):
    service = ma.fields.String(required=True)
    name = ma.fields.String(required=True, metadata={"description": "它管什么"})
    version = ma.fields.String(required=True)
    head = ma.fields.Integer(
        required=True, metadata={"description": "日志里最后一个事件的序号"}
    )
    followers = ma.fields.List(ma.fields.Nested(Followed), required=True)
    troubles = ma.fields.List(ma.fields.Dict(), required=True)
    disk = ma.fields.Nested(
        Disk, metadata={"description": "存储所在的磁盘；在别处的不写"}
    )
    backed_up = ma.fields.Nested(
        BackedUp, metadata={"description": "最近一次备份；从来没有的不写"}
    )


class Operation(ma.Schema):
    services = ma.fields.List(ma.fields.Nested(Standing), required=True)
    missing = ma.fields.List(ma.fields.Nested(Missing), required=True)


class Recorded(ma.Schema):
    sequence = ma.fields.Integer(required=True)
    at = ma.fields.String(required=True)
    type = ma.fields.String(required=True)
    stream = ma.fields.String(required=True)


class LogPage(ma.Schema):
    items = ma.fields.List(ma.fields.Nested(Recorded), required=True)
    next = ma.fields.Integer(
        required=True, allow_none=True, metadata={"description": "再往前看时的 before"}
    )


class Tried(ma.Schema):
    document = ma.fields.Nested(Followed, required=True)

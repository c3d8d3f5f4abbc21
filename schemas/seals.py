"""Seals over logs: what a seal states, how one is asked for, and how it is shown."""

from schemas import fields
from schemas.paging import Paged
from schemas.resource import Resource

MOST_EVENTS = 2**53


def service() -> fields.Text:
    return fields.Text(32, required=True, metadata={"description": "哪个服务的日志"})


def hash_of(what: str) -> fields.Text:
    return fields.Text(64, required=True, metadata={"description": what})


class SealLog(fields.Schema):
    """A part of a log as the service that owns it read it."""

    service = service()
    after = fields.Whole(
        0, MOST_EVENTS, required=True, metadata={"description": "从第几个事件之后"}
    )
    upto = fields.Whole(
        1, MOST_EVENTS, required=True, metadata={"description": "到第几个事件"}
    )
    root = hash_of("这些事件的 Merkle 根，SHA-256，十六进制")


class AskLastSeal(fields.Schema):
    service = service()


class ListSeals(Paged):
    pass


class Statement(SealLog):
    """What is signed: `before` is the digest of the seal before, 64 zeros for the first."""

    number = fields.Whole(
        1, MOST_EVENTS, required=True, metadata={"description": "第几份封条"}
    )
    before = hash_of("前一份封条的摘要")
    at = fields.Instant(required=True, metadata={"description": "什么时候封的"})


class Signed(Statement):
    kid = fields.Text(16, required=True, metadata={"description": "签名密钥的编号"})
    signature = fields.Text(
        128, required=True, metadata={"description": "Ed25519 签名，十六进制"}
    )


class Seal(Resource, Signed):
    digest = hash_of("这份封条的摘要；它也说明了以前的每一份")
    short = fields.Text(
        20, required=True, metadata={"description": "摘要的开头，印在纸上"}
    )

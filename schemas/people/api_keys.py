"""Keys of machines: a program of its own, with some of the roles of who made it and no more, until a day."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import by, person
from schemas.people.roles import role, scope
from schemas.people.sessions import hashed
from schemas.resource import Resource

STATES_IN_WORDS = {"live": "可用", "revoked": "已停用", "expired": "已到期"}
MOST_ROLES = 10


class Held(fields.Schema):
    """A role for a scope. None is without a scope, and none is a resident's: people act for themselves."""

    role = role()
    scope = scope()


class OfApiKey(fields.Schema):
    api_key = fields.Id(required=True, metadata={"description": "接口密钥的编号"})


class Key(fields.Schema):
    """`hash` is of the secret, which nobody keeps but who is given it; the gateway says it."""

    roles = fields.Many(
        fields.Part(Held),
        1,
        MOST_ROLES,
        required=True,
        metadata={"description": "用它能做什么，不超过自己的任职"},
    )
    until = fields.Day(
        required=True, metadata={"description": "有效的最后一天，一年以内"}
    )
    hash = fields.Code(
        "[0-9a-f]{64}",
        fields.Complaint("bad_hash", "应为 64 位十六进制数"),
        required=True,
        metadata={"proof": True},
    )


class MakeApiKey(Key):
    name = fields.Text(
        40,
        required=True,
        metadata={"description": "给哪个程序用", "example": "街道数据平台"},
    )


class FindApiKey(OfApiKey):
    hash = hashed()


class ListApiKeys(Paged):
    pass


# Events


@event("api_key_made.v1")
class ApiKeyMadeOfOld(MakeApiKey, OfApiKey):
    """Named in the log itself."""

    person = person("谁做的")


@event("api_key_made.v2")
class ApiKeyMade(Key, OfApiKey):
    """What it is called is a note of who made it."""

    person = person("谁做的")


@event("api_key_revoked.v1")
class ApiKeyRevoked(OfApiKey):
    by = by()


@event("api_key_expired.v1")
class ApiKeyExpired(OfApiKey):
    pass


# Resources


class ApiKey(Resource):
    name = fields.Text(40, metadata={"description": "给哪个程序用"})
    person = person("谁做的，也随他的任职失效")
    roles = fields.Many(
        fields.Part(Held), 1, MOST_ROLES, metadata={"description": "用它能做什么"}
    )
    made_at = fields.Instant(required=True, metadata={"description": "什么时候做的"})
    until = fields.Day(required=True, metadata={"description": "有效的最后一天"})
    state = fields.OneOf(
        tuple(STATES_IN_WORDS), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )

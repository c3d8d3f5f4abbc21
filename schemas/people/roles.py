"""Roles as facts: who holds which, where, from when until when, and who decided it."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import by, person
from schemas.resource import Resource
from schemas.token import ROLES, SCOPE

STATES_IN_WORDS = {
    "planned": "未开始",
    "held": "在任",
    "revoked": "已撤销",
    "expired": "已到期",
}
STATES = tuple(STATES_IN_WORDS)
BASES = ("任命", "选举", "聘用", "志愿", "推荐")
# As the branch, or the grid, says; not granted here.
BY_TERM, BY_ROSTER = "支部任期", "网格员名册"
REASONS_TO_REVOKE = ("任期届满", "离任", "调岗", "登记错了", "违反规定", "本人要求")
GRANTED = tuple(role for role in ROLES if role != "resident")  # Everybody is that.


def role() -> fields.OneOf:
    return fields.OneOf(GRANTED, required=True, metadata={"description": "角色"})


def scope() -> fields.Code:
    pattern = (
        rf"[0-9]{{6}}([0-9]{{3}}){{0,2}}|(unit|partner|branch)/{fields.Id.PATTERN}"
    )
    return fields.Code(
        pattern,
        SCOPE,
        80,
        required=True,
        metadata={
            "description": "范围：区划代码、unit/编号、partner/编号或 branch/编号",
            "example": "510108002001",
        },
    )


class OfGrant(fields.Schema):
    grant = fields.Id(required=True, metadata={"description": "任职编号"})


class GrantRole(fields.Schema):
    person = person()
    role = role()
    scope = scope()
    since = fields.Day(metadata={"description": "从哪一天起，不填为今天"})
    until = fields.Day(metadata={"description": "任期的最后一天，不填为没有期限"})
    basis = fields.OneOf(BASES, required=True, metadata={"description": "依据"})


class RevokeRole(OfGrant):
    reason = fields.OneOf(
        REASONS_TO_REVOKE, required=True, metadata={"description": "为什么撤销"}
    )


class ListGrants(Paged):
    person = person()


class ListHolders(Paged):
    scope = scope()


class AskAccess(fields.Schema):
    """Asked by the gateway of somebody who has signed in."""

    person = person()


class AskChangedAccess(fields.Schema):
    since = fields.Whole(0, 2**53)


# Events


@event("role_granted.v1")
class RoleGranted(OfGrant):
    person = person()
    role = role()
    scope = scope()
    since = fields.Day(required=True)
    until = fields.Day()
    basis = fields.OneOf(BASES, required=True)
    by = by()


@event("role_begun.v1")
class RoleBegun(OfGrant):
    pass


@event("role_revoked.v1")
class RoleRevoked(OfGrant):
    reason = fields.OneOf(REASONS_TO_REVOKE, required=True)
    by = by()


@event("role_expired.v1")
class RoleExpired(OfGrant):
    pass


class Office(fields.Schema):
    role = role()
    scope = scope()


@event("office_followed.v1")
class OfficeFollowed(OfGrant, Office):
    """A role that another service tells of. It counts from its first day: who had the office has it no more then."""

    person = person()
    since = fields.Day(required=True)
    until = fields.Day(required=True)
    by = by()


@event("office_ended.v1")
class OfficeEnded(Office):
    """What the office was held for has ended: nobody holds it from the day `on`."""

    on = fields.Day(required=True)


@event("roster_followed.v1")
class RosterFollowed(OfGrant, Office):
    """A role that a roster elsewhere tells of. Several are on it, and one may be on several: each entry is one."""

    entry = fields.Id(required=True)
    person = person()
    since = fields.Day(required=True)
    by = by()


@event("roster_left.v1")
class RosterLeft(OfGrant):
    """The entry is over, from the moment of the event."""


# Resources


class Grant(Resource):
    person = person()
    name = fields.Text(40, metadata={"description": "姓名，只显示姓"})
    role = role()
    scope = scope()
    since = fields.Day(required=True, metadata={"description": "从哪一天起"})
    until = fields.Day(metadata={"description": "任期的最后一天"})
    basis = fields.OneOf(
        (*BASES, BY_TERM, BY_ROSTER), required=True, metadata={"description": "依据"}
    )
    by = by()
    reason = fields.OneOf(REASONS_TO_REVOKE, metadata={"description": "为什么撤销"})
    state = fields.OneOf(STATES, required=True, metadata={"description": "状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )

"""What a bearer token says of who holds it. Each word is taken as it is, or the token is none."""

import re
from typing import Any

import marshmallow as ma

from schemas import fields

ISSUER = "xianfenghui"
AUDIENCE = "xfh"
MOST_ROLES = 50
ROLES = (
    "resident", "community_worker", "unit_liaison", "partner_manager",
    "branch_secretary", "grid_member", "street_admin", "district_admin",
    "district_analyst",
)  # fmt: skip
# Actors and roles of the platform itself; nobody outside has them.
RESERVED = (
    "anonymous",
    "system",
    "operator",
)
NAME_OF_A_ROLE = re.compile(r"[a-z][a-z_]{0,63}")
# People gives ULIDs. What a developer calls somebody, like `lin-mei`, is the id of no person.
ID_OF_A_PERSON = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")

SCOPE = fields.Complaint(
    "bad_scope", "范围应为区划代码、unit/编号、partner/编号、branch/编号 或 *"
)
OTHERWISE = fields.Complaint("not_as_sent", "前后不应有空格，也不应有别的写法")


class Exactly(fields.Text):
    """A text that already is as its field would make it: two spellings of an id are not one person."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if text != value:
            raise ma.ValidationError(OTHERWISE)
        return text


class Subject(Exactly, fields.Id):
    pass


class Scope(Exactly, fields.Code):
    pass


class Word(Exactly, fields.OneOf):
    pass


class HeldRole(fields.Schema):
    """Without a scope the role holds nowhere; everywhere is to be said."""

    role = Word(ROLES, required=True)
    scope = Scope(
        rf"\*|[0-9]{{6}}([0-9]{{3}}){{0,2}}|(unit|partner|branch)/{fields.Id.PATTERN}",
        SCOPE,
        80,
    )


class Claims(fields.Schema):
    """`seq` is where the people's log was when somebody had these roles; without it nobody knows."""

    class Meta:
        unknown = ma.EXCLUDE

    iss = Word((ISSUER,), required=True)
    aud = Word((AUDIENCE,), required=True)
    sub = Subject(required=True, validate=ma.validate.NoneOf(RESERVED))
    iat = fields.Whole(0, 2**53, required=True)
    nbf = fields.Whole(0, 2**53)
    exp = fields.Whole(0, 2**53, required=True)
    seq = fields.Whole(0, 2**53)
    roles = fields.Many(fields.Part(HeldRole), 0, MOST_ROLES, required=True)


def may_be_a_person(id: str) -> bool:
    """Whether people may know somebody by that id."""
    return ID_OF_A_PERSON.fullmatch(id) is not None


def without_roles_to_come(claims: dict[str, Any]) -> dict[str, Any]:
    """The claims less the roles nobody here knows, whatever scope they have: a newer issuer may give such."""
    held = claims.get("roles")
    if not isinstance(held, list) or len(held) > MOST_ROLES:
        return claims
    return {**claims, "roles": [each for each in held if not _is_to_come(each)]}


def _is_to_come(held: Any) -> bool:
    role = held.get("role") if isinstance(held, dict) else None
    return (
        isinstance(role, str)
        and NAME_OF_A_ROLE.fullmatch(role) is not None
        and role not in (*ROLES, *RESERVED)
    )

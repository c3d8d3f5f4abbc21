"""What a bearer token says of who holds it."""

import marshmallow as ma

from schemas import fields

ISSUER = "xianfenghui"
AUDIENCE = "xfh"
MOST_ROLES = 50
ROLES = (
    "resident", "community_worker", "unit_liaison", "partner_manager",
    "branch_secretary", "street_admin", "district_admin", "district_analyst",
)  # fmt: skip
RESERVED = ("anonymous", "system", "operator")  # Actors of the platform itself; nobody outside may be one of them.

SCOPE = fields.Complaint("bad_scope", "范围应为区划代码、unit/编号、partner/编号、branch/编号 或 *")


class HeldRole(fields.Schema):
    role = fields.OneOf(ROLES, required=True)
    scope = fields.Code(
        rf"\*|[0-9]{{6}}([0-9]{{3}}){{0,2}}|(unit|partner|branch)/{fields.Id.PATTERN}", SCOPE, 80, required=True
    )


class Claims(fields.Schema):
    class Meta:
        unknown = ma.EXCLUDE

    iss = fields.OneOf((ISSUER,), required=True)
    aud = fields.OneOf((AUDIENCE,), required=True)
    sub = fields.Id(required=True, validate=ma.validate.NoneOf(RESERVED))
    iat = fields.Whole(0, 2**53, required=True)
    exp = fields.Whole(0, 2**53, required=True)
    roles = fields.Many(fields.Part(HeldRole), 0, MOST_ROLES, required=True)

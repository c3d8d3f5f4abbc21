"""`xfh token`: a bearer token for development."""

import argparse
import sys

import marshmallow as ma

from schemas.fields import complaints
from services.kit import tokens
from services.kit.actor import EVERYWHERE, NOWHERE, Role
from services.kit.config import Settings

MOST_HOURS = 24 * 366
CLAIMS = {"sub": "人员编号", "role": "角色", "scope": "范围"}


def issue(settings: Settings, args: argparse.Namespace) -> int:
    """Prints the token and nothing else, so that a shell can take it."""
    if not 0 < args.hours <= MOST_HOURS:
        print(
            f"有效小时数 {args.hours} 不对，应在 1 到 {MOST_HOURS} 之间",
            file=sys.stderr,
        )
        return 2
    roles = [role_from(text) for text in args.role]
    try:
        print(tokens.issue(settings, args.actor, roles, args.hours))
    except ma.ValidationError as error:
        for about in complaints(error):
            claim = about["path"].rpartition("/")[2]
            print(
                f"{CLAIMS.get(claim, claim)}不对：{about['message']}", file=sys.stderr
            )
        return 2
    for role in roles:
        _warn_of_no_scope(role)
    return 0


def role_from(text: str) -> Role:
    """`street_admin:510108002`, `street_admin:*` for everywhere; `street_admin` alone holds nowhere."""
    role, _, scope = text.partition(":")
    return Role(role, scope)


def _warn_of_no_scope(role: Role) -> None:
    """A resident's rights are of no place, so nothing is missing there."""
    if role.scope == NOWHERE and role.role != "resident":
        print(
            f"{role.role} 没有写范围，在哪里都不算数；要在全部范围有效请写 {role.role}:{EVERYWHERE}",
            file=sys.stderr,
        )

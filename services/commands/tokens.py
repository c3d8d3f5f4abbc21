"""`xfh token`: a bearer token for development."""

import argparse
import re
import sys

import marshmallow as ma

from schemas.fields import Id
from services.kit import tokens
from services.kit.actor import EVERYWHERE, Role
from services.kit.config import Settings

ROLES = (
    "resident", "community_worker", "unit_liaison", "partner_manager", "branch_secretary",
    "street_admin", "district_admin", "district_analyst",
)  # fmt: skip
SCOPE = re.compile(rf"\*|\d{{6}}(\d{{3}}){{0,2}}|(unit|partner|branch)/{Id.PATTERN}")
MOST_HOURS = 24 * 366


class BadToken(ValueError):
    """Something asked of the token that it cannot have; the message names it."""


def issue(settings: Settings, args: argparse.Namespace) -> int:
    """Prints the token and nothing else, so that a shell can take it."""
    try:
        roles = [role_from(text) for text in args.role]
        token = tokens.issue(settings, _actor(args.actor), roles, _hours(args.hours))
    except BadToken as error:
        print(error, file=sys.stderr)
        return 2
    print(token)
    return 0


def role_from(text: str) -> Role:
    """`street_admin:510108002` or `resident`. Raises `BadToken`."""
    role, _, scope = text.partition(":")
    if role not in ROLES:
        raise BadToken(f"没有角色 {role}，应为：{'、'.join(ROLES)}")
    if not SCOPE.fullmatch(scope or EVERYWHERE):
        raise BadToken(f"角色 {role} 的范围 {scope} 不对，应为区划代码、unit/编号、partner/编号、branch/编号或 *")
    return Role(role, scope or EVERYWHERE)


def _actor(text: str) -> str:
    try:
        return Id().deserialize(text)
    except ma.ValidationError as error:
        raise BadToken(f"人员编号 {text} 不对：{error.messages[0]}") from error


def _hours(hours: int) -> int:
    if not 0 < hours <= MOST_HOURS:
        raise BadToken(f"有效小时数 {hours} 不对，应在 1 到 {MOST_HOURS} 之间")
    return hours

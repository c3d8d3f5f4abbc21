"""`xfh token`: a bearer token for development. People sign in by accounts of their own."""

import argparse
import sys

import marshmallow as ma

from schemas.fields import complaints
from services.kit.actor import EVERYWHERE, NOWHERE, Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.kit.config.values import PRODUCTION, BadSetting
from services.xfh.commands.network import must_be_a_folder

MOST_HOURS = 24 * 366
FOR_DEVELOPMENT = "这个令牌只供开发和试用接口；人用自己的账号登录，第一位管理员用 xfh admin invite 邀请"
CLAIMS = {"sub": "人员编号", "role": "角色", "scope": "范围"}


def issue(settings: Settings, args: argparse.Namespace) -> int:
    """Prints the token and nothing else, so that a shell can take it. 2 when what is asked for cannot be."""
    if settings.environment == PRODUCTION:
        raise BadSetting(FOR_DEVELOPMENT)
    must_have_a_key(settings)
    if not 0 < args.hours <= MOST_HOURS:
        says = f"有效小时数 {args.hours} 不对，应在 1 到 {MOST_HOURS} 之间"
        print(says, file=sys.stderr)
        return 2
    roles = [role_from(text) for text in args.role]
    try:
        print(tokens.issue(settings, args.actor, roles, args.hours))
    except ma.ValidationError as error:
        _complain(error)
        return 2
    print(FOR_DEVELOPMENT, file=sys.stderr)
    for role in roles:
        _warn_of_no_scope(role)
    return 0


def must_have_a_key(settings: Settings) -> None:
    """Raises `BadSetting` where no key is: a new one would sign what the platform does not take."""
    must_be_a_folder(settings)
    if not tokens.can_sign(settings):
        raise BadSetting(
            f"{settings.keys} 里没有平台的签名密钥，请核对 XFH_DATA；平台第一次启动时生成它"
        )


def _complain(error: ma.ValidationError) -> None:
    for about in complaints(error):
        claim = about["path"].rpartition("/")[2]
        name = CLAIMS.get(claim, claim)
        print(f"{name}不对：{about['message']}", file=sys.stderr)


def role_from(text: str) -> Role:
    """`street_admin:510108002`, `street_admin:*` for everywhere; `street_admin` alone holds nowhere."""
    role, _, scope = text.partition(":")
    return Role(role, scope)


def _warn_of_no_scope(role: Role) -> None:
    """A resident's rights are of no place, so nothing is missing there."""
    if role.scope == NOWHERE and role.role != "resident":
        everywhere = f"{role.role}:{EVERYWHERE}"
        says = (
            f"{role.role} 没有写范围，在哪里都不算数；要在全部范围有效请写 {everywhere}"
        )
        print(says, file=sys.stderr)

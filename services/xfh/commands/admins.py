"""`xfh admin invite`: the first administrator, who invites all others."""

import argparse
from collections.abc import Callable
from functools import partial
from typing import Any

from marshmallow import ValidationError
from ulid import ULID

from schemas.documents import Json
from schemas.fields import complaints
from services.district.calendar import local_day
from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.config.values import BadSetting
from services.kit.entrypoints import Command, Query
from services.kit.service import entrypoints
from services.xfh import registry
from services.xfh.commands.network import catch_up, must_be_there, opened

SERVICE = "people"
Ask = Callable[[str, Json], Any]
WITHIN_S = 30.0
TYPED = {"name": "姓名", "community": "社区代码"}


def invite(settings: Settings, args: argparse.Namespace) -> int:
    """Prints the link and nothing else. Each time another person is recorded: somebody invited again has a way in."""
    must_be_there(settings, "branches")
    with opened(settings) as bus:
        catch_up(bus.hosts[SERVICE])
        path = _invited(partial(_ask, bus), args, local_day(settings.now()))
    print(settings.public_url + path)
    return 0


def _invited(ask: Ask, args: argparse.Namespace, today: str) -> str:
    """The path of the link for somebody new who administers the district of the community."""
    consent = {"how": "书面", "on": today}
    person = {"name": args.name, "community": args.community, "consent": consent}
    id = ask("record_person", person)["document"]["id"]
    scope = args.community[:6]
    role = {"person": id, "role": "district_admin", "scope": scope, "basis": "任命"}
    ask("grant_role", role)
    invitation = ask("invite", {"person": id})["document"]["id"]
    shown: str = ask("get_invitation", {"invitation": invitation})["path"]
    return shown


def _ask(bus: LocalBus, name: str, said: Json) -> Any:
    """The answer to the operator. Raises `BadSetting` for what is wrongly written, else a `Problem`."""
    mark = next(
        mark for mark in entrypoints(registry.load(SERVICE)) if mark.name == name
    )
    assert isinstance(mark, Command | Query)
    try:
        payload = mark.schema().load(said)
    except ValidationError as error:
        raise BadSetting(_in_words(error)) from error
    deadline = Deadline.after(WITHIN_S)
    return bus.call(
        SERVICE, name, payload, actor=OPERATOR, deadline=deadline, key=str(ULID())
    )


def _in_words(error: ValidationError) -> str:
    found = complaints(error)
    return "；".join(
        f"{TYPED.get(one['path'], one['path'])}：{one['message']}" for one in found
    )

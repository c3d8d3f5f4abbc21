"""`xfh up`, `xfh gateway` and `xfh serve`: the platform's processes."""

import argparse
import os
import sys
from pathlib import Path
from typing import NoReturn

from services.kit.config import Settings
from services.xfh.commands import ready
from services.xfh.commands.supervisor import Supervisor
from services.xfh.registry import SECRETS, SERVICES

CONFIGURATION = Path(__file__).parents[3] / "deploy" / "gunicorn.conf.py"
DELIVERING = [sys.executable, "-m", "services.xfh.cli", "deliver"]
GUNICORN = [sys.executable, "-m", "gunicorn", "--config", str(CONFIGURATION)]
GATEWAY = [*GUNICORN, "gateway.wsgi:app"]


def up(settings: Settings, args: argparse.Namespace) -> int:
    """Embedded, this process becomes the gateway, which holds the services. Else it watches over all processes.

    1 when the address is taken, or a process had to be killed in the end.
    """
    _must_have_secrets(settings, *SECRETS)
    if settings.bus == "local:" and not _sends(settings):
        return gateway(settings, args)
    if ready.is_taken(settings.http):
        return _taken(settings)
    announcement = Announcement(settings.http)
    return Supervisor(_processes(settings), announcement.look).run()


def _processes(settings: Settings) -> dict[str, list[str]]:
    """`{name: command}`, the gateway last: on a broker the services, each by itself, and who sends."""
    commands: dict[str, list[str]] = {}
    if settings.bus != "local:":
        commands |= {name: _serving(name) for name in SERVICES}
    if _sends(settings):
        commands["deliver"] = DELIVERING
    return commands | {"gateway": GATEWAY}


def _sends(settings: Settings) -> bool:
    return bool(settings.channels or settings.ways.senders)


def gateway(settings: Settings, args: argparse.Namespace) -> int:
    """1 when the address is taken; else this process becomes the gateway."""
    held = ("gateway",) if settings.bus != "local:" else tuple(SECRETS)
    _must_have_secrets(settings, *held)
    if ready.is_taken(settings.http):
        return _taken(settings)
    ready.announce_from_a_child(settings.http)
    _become(GATEWAY)


def serve(settings: Settings, args: argparse.Namespace) -> int:
    """2 without a broker; else this process becomes the service."""
    if settings.bus == "local:":
        print("XFH_BUS 为 local: 时服务都在网关进程里，请用 xfh up", file=sys.stderr)
        return 2
    _must_have_secrets(settings, args.service)
    _become(_serving(args.service))


def _must_have_secrets(settings: Settings, *parts: str) -> None:
    """Raises `BadSetting` in production where one is missing that these parts read."""
    names = {name for part in parts for name in SECRETS[part]}
    settings.must_have(*sorted(names))


class Announcement:
    """Says once that the platform is ready. To be looked at again until it was said."""

    def __init__(self, address: str):
        self._address = address
        self._said = False

    def look(self) -> bool:
        if not self._said and ready.is_ready(self._address):
            self._said = True
            ready.announce(self._address)
        return not self._said


def _become(command: list[str]) -> NoReturn:
    os.execv(command[0], command)


def _serving(name: str) -> list[str]:
    return [sys.executable, "-m", "services.xfh.serve", name]


def _taken(settings: Settings) -> int:
    says = f"地址 {settings.http} 已被占用，请停止占用它的程序，或用 XFH_HTTP 换一个"
    print(says, file=sys.stderr)
    return 1

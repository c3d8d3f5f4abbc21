"""Who may ask a command at all, told by its head alone: nobody else's body is worth reading.

The service stays the authority. What it says of its commands is learned from it, so that the gateway keeps no table of
its own that could differ; while it cannot be learned, everybody with a token is let through to the service.
"""

import time
from collections.abc import Mapping
from typing import NamedTuple

from gateway.edge.auth import must_be_known
from gateway.edge.gates import Gate
from gateway.edge.rpc import Services
from services.kit.actor import Actor
from services.kit.errors import Forbidden, Problem

GOOD_FOR_S = 60.0  # A service that is replaced may admit others.
TRIED_AGAIN_AFTER_S = 5.0
WITHIN_S = 0.2  # Of the time somebody waits for an answer.

Roles = Mapping[str, frozenset[str]]
UNKNOWN: Roles = {}


class Learned(NamedTuple):
    roles: Roles
    until: float


class Admission:
    def __init__(self, services: Services):
        self._services = services
        self._learned: dict[str, Learned] = {}

    def admit(self, gate: Gate, actor: Actor) -> None:
        """Raises `Unauthenticated` for somebody unknown, `Forbidden` for who has no role for one of the commands."""
        must_be_known(actor)
        roles = self.roles(gate.service)
        for command in gate.commands:
            if command in roles and not actor.has(*roles[command]):
                raise Forbidden("您的角色不能进行这项操作")

    def roles(self, service: str) -> Roles:
        """By which each command and question may be asked; nothing while the service does not say."""
        learned = self._learned.get(service)
        if learned is None or learned.until < time.monotonic():
            learned = self._learned[service] = self._learn(service)
        return learned.roles

    def _learn(self, service: str) -> Learned:
        try:
            known = self._services.roles(service, WITHIN_S)
        except Problem:
            return Learned(UNKNOWN, time.monotonic() + TRIED_AGAIN_AFTER_S)
        roles = {name: frozenset(by) for name, by in known.items()}
        return Learned(roles, time.monotonic() + GOOD_FOR_S)

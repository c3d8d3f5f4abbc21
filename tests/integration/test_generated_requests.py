"""Requests generated from the API's description, as each role: no defect, nothing undescribed, no change by asking."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.result import Ok

from gateway.app import create
from gateway.edge.rpc import Services
from gateway.files import programs
from schemas.fields import instant
from schemas.token import ROLES
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.buses.local import LocalBus
from services.kit.engine.host import Host
from services.kit.log import Event, Fact
from services.kit.telemetry import new_trace
from services.xfh import registry
from tests.given import NOW
from tests.matrix import activities, network
from tests.matrix.asks import SUBJECTS
from tests.matrix.said import FIXED
from tests.matrix.stage import Clock, Timed
from tests.matrix.subjects import ALWAYS
from tests.unit.activities.stage import TERM
from tests.unwatched import Unwatched

EXAMPLES = 2  # Of each operation, well formed; as many again that are not.
PATIENT_S = 60  # However busy the machine is, nobody is told to come again.
IDS = {
    **{name: one.id for name, one in SUBJECTS.items()},
    **FIXED,
    "division": "510108",
    "community": "510108015001",
}
# What each service begins from: what it tells itself in these scenes of the matrix, which begin alike.
SCENES = {
    "activities": (
        ("contest", "open"),
        ("certificate", "valid"),
        ("commendation", "given"),
        ("template", "saved"),
    ),
    "branches": (("place", ALWAYS),),
    "cobuild": (("need", "claimed"), ("meeting", "called")),
    "grids": (("finding", "followup"), ("care", "active"), ("mediation", "open")),
    "metrics": (("report", "frozen"),),
    "notices": (("delivery", "failed"),),
    "partners": (("partner", "approved"),),
    "people": (
        ("account", "open"),
        ("link", "active"),
        ("grant", "held"),
        ("invitation", "open"),
        ("signed_in", "live"),
        ("merge", "proposed"),
    ),
}
# The stream of an event by the first of these that it names.
OF_THEMSELVES = (
    "activity", "need", "home", "branch", "committee", "site", "courtyard", "grid", "offering", "meeting", "unit",
    "certificate", "commendation", "template", "partner", "report", "message", "visit", "finding", "care", "mediation",
    "member", "team", "door", "round",
    "merge",
)  # fmt: skip
STREAMS = {
    **{name: name for name in OF_THEMSELVES},
    "source": "plan",
    "person": "choices",
    "campaign": "campaign",
    "division": "division",
    "target": "target",
}
ALSO = {
    "branches": (*network.STREETS, Fact("secretary_appointed.v1", "branch/B1", TERM))
}
SCOPES = {
    "resident": ("R1", "510108002001"),
    "community_worker": ("W1", "510108"),
    "unit_liaison": ("P2", "unit/U1"),
    "partner_manager": ("P2", "partner/N1"),
    "branch_secretary": ("S1", "branch/B1"),
    "grid_member": ("P3", "510108015001"),
    "street_admin": ("P4", "510108015"),
    "district_admin": ("P9", "510108"),
    "district_analyst": ("P3", "510108"),
}
SETTINGS = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
assert SCOPES.keys() == set(ROLES)


class World:
    """All services on stores of their own, with what the scenes say; nothing happens but what is asked."""

    def __init__(self, folder: Path):
        made = Timed(
            data=folder, store=f"sqlite:{folder}", deadline_s=PATIENT_S, clock=Clock()
        )
        made.clock.time = activities.AFTER
        self.bus = LocalBus()
        for name in registry.SERVICES:
            self.bus.hosts[name] = Host(registry.load(name), made, self.bus)
            self.bus.hosts[name].store.log.append(_log_of(name))
            self.bus.hosts[name].ledger.refresh()
        for host in self.bus.hosts.values():
            for follower in host.followers.values():
                follower.catch_up()
        services = Services(
            self.bus,
            list(registry.SERVICES),
            made.deadline_s,
            places=8,
            looks=Unwatched(self.bus),
        )
        app = create(services, tokens.Verifier(tokens.public_key(made)))
        held = {
            role: (actor, [Role(role, scope)])
            for role, (actor, scope) in SCOPES.items()
        } | {"none": ("P0", [])}
        self.headers = [
            {"Authorization": f"Bearer {tokens.issue(made, actor, roles, hours=1)}"}
            for actor, roles in held.values()
        ]
        schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
        found = list(schema.get_all_operations())
        assert all(isinstance(one, Ok) for one in found)
        self.operations = [one.ok() for one in found if isinstance(one, Ok)]

    def recorded(self) -> int:
        return sum(host.store.log.head() for host in self.bus.hosts.values())


def _log_of(service: str) -> list[Event]:
    scenes = [SUBJECTS[subject].scenes[state] for subject, state in SCENES[service]]
    told = [
        fact for scene in scenes for source, fact in scene.facts if source == service
    ]
    told = [fact for number, fact in enumerate(told) if fact not in told[:number]]
    versions: Counter[str] = Counter()
    events = []
    for seq, fact in enumerate([*told, *ALSO.get(service, ())], start=1):
        stream = _stream_of(fact)
        versions[stream] += 1
        about = (fact.type, stream, instant(NOW), fact.data, new_trace())
        events.append(
            Event(seq, f"E{seq}", *about, versions[stream], key=f"given:{seq}")
        )
    return events


def _stream_of(fact: Fact) -> str:
    """Where the platform itself would have put it; examples say nothing of that."""
    name = next(name for name in STREAMS if name in fact.data)
    return f"{STREAMS[name]}/{fact.data[name]}"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A process that is sent the same again is not started again, as in `Stage` of the matrix."""
    made = World(tmp_path_factory.mktemp("generated"))
    with patch.object(programs, "run", cache(programs.run)):
        yield made
    made.bus.stop()


@pytest.mark.parametrize(
    "mode",
    [GenerationMode.POSITIVE, GenerationMode.NEGATIVE],
    ids=lambda mode: mode.value,
)
def test_every_answer_is_described_whoever_asks(
    world: World, mode: GenerationMode, subtests: pytest.Subtests
) -> None:
    for operation in world.operations:
        with (
            subtests.test(operation.label),
            suppress(Unsatisfiable),
        ):  # Of some, nothing can be said wrongly.
            _ask(world, operation, mode)


def _ask(world: World, operation: Any, mode: GenerationMode) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @SETTINGS
    def ask(case: Case[Any]) -> None:
        case.path_parameters = {
            name: IDS.get(name, value)
            for name, value in (case.path_parameters or {}).items()
        }
        before = world.recorded()
        for headers in [{}, *world.headers]:
            case.call_and_validate(headers=headers, checks=CHECKS)
        assert case.method != "GET" or world.recorded() == before, (
            "asking has recorded something"
        )

    ask()

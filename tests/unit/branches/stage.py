"""A branch, and what happens to it."""

from datetime import timedelta
from typing import Any

from services.branches import views
from services.branches.service import Branches
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from
from tests.walk import Take

STREET = asked(("street_admin", "510108015"), id="P0")
SECRETARY = asked(("branch_secretary", "branch/B1"), id="P7", new_id="R1")
AFTERWARDS = asked(("street_admin", "510108015"), id="P0", now=NOW + timedelta(days=40))
WORKER = asked(("community_worker", "510108015001"), id="P6")
COMMANDS = examples.COMMANDS
PAGE = {"after": None, "limit": 20}
ESTABLISHED = example_of(examples, "branch_established.v1")
OTHER = example_of(examples, "branch_established.v1", branch="B2", name="另一支部")
APPOINTED = example_of(examples, "secretary_appointed.v1")
BASIS = (
    *DIVISIONS,
    example_of(examples, "committee_established.v1"),
    example_of(examples, "site_recorded.v1"),
    ESTABLISHED,
    OTHER,
    APPOINTED,
)


def stage(*facts: Fact) -> Overlay:
    return given(Branches, *BASIS, *facts)


def take(docs: Overlay, fact: Fact) -> Fact:
    given_from(docs, Branches, "branches", fact)
    return fact


def shown(docs: Overlay, on: str = "2026-06-01") -> dict[str, Any]:
    return views.branches.get_branch(docs, {"branch": "B1", "on": on}, STREET)


def on(rule: Any, command: str, who: Asked = STREET, **changes: Any) -> Take:
    return lambda docs: rule(docs, {**COMMANDS[command], **changes}, who)


def warnings(docs: Overlay, on: str) -> list[tuple[str, str]]:
    return [
        (warning["office"], warning["code"]) for warning in shown(docs, on)["warnings"]
    ]

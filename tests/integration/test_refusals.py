"""A refusal that rests on what another service has told is decided again once everything it has told is here."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.actor import OPERATOR
from services.kit.clock import Deadline, system
from services.kit.config import Settings
from services.kit.engine.ledger import Ledger
from services.kit.engine.requests import Outcome, Request
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.sealed.notes import Notes
from services.kit.store import open_store
from services.kit.views import Overlay
from tests.clocks import HUNG_S
from tests.toy import ADDER, SUMS

Sources = list[str]


class Stage:
    """A ledger whose rule says no until it has caught up with each of its sources, one after the other."""

    def __init__(self, ledger: Ledger, heard: Sources):
        self.ledger, self.heard = ledger, heard

    def request(self, *sources: str) -> Request:
        def rule(docs: Overlay, asked: Asked) -> Fact:
            for source in sources:
                if source not in self.heard or source == "nobody":
                    raise Refused("unknown", f"{source} 还没有说", source=source)
            return Fact("amount_added.v1", "sum/A", {"to": "A", "amount": 20})

        return Request("add", rule, OPERATOR, "k", "d", "")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    def ring(events: object) -> None: ...

    heard: Sources = []
    store = open_store(f"sqlite:{tmp_path}", "adder", [SUMS])
    yield Stage(
        Ledger(
            "adder",
            store,
            ADDER["adder"],
            system,
            ring,
            heard.append,
            Notes("adder", store.keep, Settings(data=tmp_path).master_keys),
        ),
        heard,
    )
    store.close()


def test_one_that_rests_on_several_services_catches_up_with_each(stage: Stage) -> None:
    outcome = stage.ledger.execute(
        stage.request("branches", "cobuild", "partners"), Deadline.after(HUNG_S)
    )
    assert isinstance(outcome.event, Event)
    assert stage.heard == ["branches", "cobuild", "partners"]


def test_requests_of_one_turn_catch_up_with_each_as_well(stage: Stage) -> None:
    [outcome] = stage.ledger.together([stage.request("branches", "cobuild")])
    assert isinstance(outcome, Outcome)
    assert stage.heard == ["branches", "cobuild"]


def test_what_nobody_has_told_is_refused_after_one_more_look(stage: Stage) -> None:
    with pytest.raises(Refused):
        stage.ledger.execute(
            stage.request("branches", "nobody"), Deadline.after(HUNG_S)
        )
    assert stage.heard == ["branches", "nobody"]
    [outcome] = stage.ledger.together([stage.request("nobody")])
    assert isinstance(outcome, Refused)
    assert stage.heard == ["branches", "nobody", "nobody"]

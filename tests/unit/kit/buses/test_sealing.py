"""What passes the broker sealed: read by nobody there, and worth nothing for anything else."""

import json
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.buses.rabbit.sealing import NOTHING_SEALED, Sealing
from services.kit.errors import Forbidden
from services.xfh import registry
from tests.given import refused

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
ASKED: Json = {
    "id": "1",
    "method": "check_password",
    "payload": {"phone": "+8613800001234", "password": "correct horse 42"},
    "actor": {"id": "system", "roles": [["system", "*"]]},
    "key": "K1",
    "trace": "00-1",
    "until": 1795899573.216,
}
ANSWER = {"account": "N-2", "right": True}


def sealing(key: bytes = KEY, service: str = "people") -> Sealing:
    return Sealing(frozenset({service}), lambda: key)


def passed(message: Any) -> Any:
    """As it comes out of the broker."""
    return json.loads(json.dumps(message))


def test_what_is_asked_and_answered_comes_out_as_it_went_in() -> None:
    one, other = sealing(), sealing()
    sent = one.request("people", ASKED)
    assert other.opened("people", passed(sent)) == ASKED
    answer = passed(other.answer("people", passed(sent), ANSWER))
    assert one.heard("people", sent, answer) == ANSWER


def test_nobody_on_the_way_reads_it() -> None:
    sent = sealing().request("people", ASKED)
    answer = sealing().answer("people", sent, ANSWER)
    # Neither can come about by chance: what is sealed has no such signs.
    assert "correct horse" not in json.dumps([sent, answer])
    assert "N-2" not in json.dumps(answer)
    assert sealing().request("people", ASKED) != sent


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "set_password"},
        {"actor": {"id": "A1", "roles": [["system", "*"]]}},
        {"key": "K2"},
        {"until": 1795899999.0},
        {"payload": ASKED["payload"]},
        {"payload": {}},
        {"payload": {"sealed": ""}},
        {"payload": {"sealed": 1}},
        {"payload": {"sealed": "x"}},
        {"payload": []},
    ],
)
def test_it_is_good_for_what_was_asked_alone(changes: Json) -> None:
    sent = sealing().request("people", ASKED) | changes
    with refused("not_sealed", Forbidden):
        sealing().opened("people", sent)


def test_it_is_good_under_its_own_key_alone() -> None:
    sent = sealing().request("people", ASKED)
    with refused("not_sealed", Forbidden):
        sealing(OTHER_KEY).opened("people", sent)


def test_an_answer_is_to_its_own_request() -> None:
    one, again = (sealing().request("people", ASKED) for _ in range(2))
    answer = sealing().answer("people", one, ANSWER)
    with refused("not_sealed", Forbidden):
        sealing().heard("people", again, answer)


@pytest.mark.parametrize("method", ["read_log", "condition", "roles"])
def test_what_every_service_tells_the_others_is_open(method: str) -> None:
    asked = ASKED | {"method": method}
    assert sealing(KEY).request("people", asked) == asked
    assert sealing(KEY).opened("people", asked) == asked


def test_other_services_are_asked_as_before_and_without_a_key() -> None:
    assert sealing().request("notices", ASKED) == ASKED
    assert NOTHING_SEALED.request("people", ASKED) == ASKED
    assert NOTHING_SEALED.heard("people", ASKED, ANSWER) == ANSWER


def test_whoever_asks_knows_which_services_are_sealed() -> None:
    sealed = {name for name in registry.SERVICES if registry.load(name).is_sealed}
    assert sealed == registry.SEALED

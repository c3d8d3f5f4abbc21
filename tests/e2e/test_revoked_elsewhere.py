"""What is ended at one gateway is refused by another within two seconds and a call, though it had just let it in."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.kit.config import Settings
from services.xfh.commands import divisions
from tests import servers
from tests.clocks import pacing, wait_until
from tests.e2e.two_gateways import (
    COMMUNITY,
    HERE,
    NEW_PASSWORD,
    PASSWORD,
    STREET,
    Gateways,
    Official,
)
from tests.examples.people import CONSENT

STAFFS = f"/api/v1/people?division={COMMUNITY}"
ME = "/api/v1/people/me"
WITHIN_S = 2.0 + 5.0  # And a deadline.


@pytest.fixture(scope="module", params=["embedded", "rabbitmq"])
def at(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gateways]:
    folder = tmp_path_factory.mktemp(request.param)
    is_apart = request.param == "rabbitmq"
    bus = request.getfixturevalue("rabbitmq") if is_apart else "local:"
    divisions.load(Settings(data=folder, store=f"sqlite:{folder}"))
    with (
        servers.platform(folder, bus) as running,
        servers.another_gateway(running) as there,
    ):
        yield Gateways(running, there)


@pytest.fixture
def official(at: Gateways) -> Official:
    return Official(at)


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def must_be_refused_soon(refused: Callable[[], bool]) -> None:
    began = time.monotonic()
    with pacing() as pace:
        wait_until(refused)
        took_s = time.monotonic() - began
    assert took_s < WITHIN_S * pace.worst


def status_at(at: Gateways, path: str, headers: Any) -> int:
    return at.ask(at.there, path, headers)[0]


def account_of(at: Gateways, who: Official) -> str:
    return str(at.shown(f"/people/{who.id}")["account"])


def changed_password(at: Gateways, who: Official) -> None:
    said = {"old": PASSWORD, "password": NEW_PASSWORD}
    status, answer, _ = at.ask(at.here, "/sign-in/password/change", who.begun, said)
    assert status == 200, answer


ENDINGS: dict[str, Callable[[Gateways, Official], Any]] = {
    "everywhere": lambda at, who: at.done("/people/me/sign-out-everywhere", who.begun),
    "suspended": lambda at, who: at.done(
        f"/accounts/{account_of(at, who)}/suspend", reason="不再任职"
    ),
    "erased": lambda at, who: (
        at.done(f"/roles/{who.grant}/revoke", reason="离任"),
        at.done(f"/people/{who.id}/erase", wish="本人要求"),
    ),
    "password": changed_password,
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_session_a_program_and_its_token_end_there_as_well(
    at: Gateways, official: Official, ending: str
) -> None:
    other, program = official.by_password(at.there), official.program()
    token = bearing(program["access_token"])
    assert status_at(at, ME, other) == status_at(at, STAFFS, token) == 200
    ENDINGS[ending](at, official)
    must_be_refused_soon(
        lambda: status_at(at, ME, other) == status_at(at, STAFFS, token) == 401
    )
    said = {"refresh_token": program["refresh_token"]}
    status, answer, _ = at.ask(at.there, "/api/v1/tokens/refresh", {}, said)
    assert (status, answer["code"]) == (401, "session_over")


def test_one_session_ends_alone(at: Gateways, official: Official) -> None:
    other, third = official.by_password(at.there), official.by_password(at.there)
    assert status_at(at, ME, other) == status_at(at, ME, third) == 200
    said: dict[str, str] = {}
    assert at.ask(at.here, "/sign-out", other, said)[0] in (200, 204)
    must_be_refused_soon(lambda: status_at(at, ME, other) == 401)
    assert status_at(at, ME, third) == 200


def test_a_refresh_token_replayed_there_kills_its_family_here(
    at: Gateways, official: Official
) -> None:
    """Once the next was said: until then, and at once, it is answered the same."""
    first = official.program()
    second = at.done("/tokens/refresh", {}, refresh_token=first["refresh_token"])
    third = at.done("/tokens/refresh", {}, refresh_token=second["refresh_token"])
    token = bearing(third["access_token"])
    assert status_at(at, STAFFS, token) == 200
    assert refreshed(at, at.there, first) == (401, "refresh_replayed")
    assert refreshed(at, at.here, third) == (401, "session_over")
    must_be_refused_soon(lambda: at.ask(at.here, STAFFS, token)[0] == 401)
    must_be_refused_soon(lambda: status_at(at, STAFFS, token) == 401)


def refreshed(at: Gateways, door: servers.Address, given: Any) -> tuple[int, str]:
    """The status, and what is told instead of the next ones."""
    said = {"refresh_token": given["refresh_token"]}
    status, answer, _ = at.ask(door, "/api/v1/tokens/refresh", {}, said)
    return status, answer.get("code", "")


def test_two_who_refresh_at_both_doors_at_once_do_not_both_go_on(
    at: Gateways, official: Official
) -> None:
    """A copy of the token is as good as the token for one turn, which both are given, and no further."""
    first = official.program()
    said = {"refresh_token": first["refresh_token"]}

    def refresh(door: servers.Address) -> Any:
        return at.ask(door, "/api/v1/tokens/refresh", {}, said)[1]

    with ThreadPoolExecutor(2) as both:
        here, there = both.map(refresh, (at.here, at.there))
    assert here["refresh_token"] == there["refresh_token"]
    following = at.done("/tokens/refresh", {}, refresh_token=here["refresh_token"])
    assert refreshed(at, at.there, first) == (401, "refresh_replayed")
    assert refreshed(at, at.here, following) == (401, "session_over")


def test_a_machines_key_ends_there_as_well(at: Gateways, official: Official) -> None:
    (id, key), (_, other) = official.key(), official.key()
    for one in (key, other):
        assert status_at(at, STAFFS, bearing(one)) == 200
    at.done(f"/api-keys/{id}/revoke", official.begun)
    must_be_refused_soon(lambda: status_at(at, STAFFS, bearing(key)) == 401)
    assert status_at(at, STAFFS, bearing(other)) == 200
    at.done(f"/roles/{official.grant}/revoke", reason="离任")
    must_be_refused_soon(lambda: status_at(at, STAFFS, bearing(other)) == 403)
    at.done(f"/accounts/{account_of(at, official)}/suspend", reason="不再任职")
    must_be_refused_soon(lambda: status_at(at, STAFFS, bearing(other)) in (401, 403))


def test_a_token_made_before_a_role_was_given_or_taken_is_refused_there(
    at: Gateways, official: Official
) -> None:
    token = bearing(official.program()["access_token"])
    assert status_at(at, STAFFS, token) == 200
    other = {"role": "street_admin", "scope": STREET, "basis": "聘用"}
    given = at.done(f"/people/{official.id}/roles", **other)["id"]
    must_be_refused_soon(lambda: status_at(at, STAFFS, token) == 401)
    again = bearing(official.program()["access_token"])
    assert status_at(at, STAFFS, again) == 200
    at.done(f"/roles/{given}/revoke", reason="离任")
    must_be_refused_soon(lambda: status_at(at, STAFFS, again) == 401)


@pytest.mark.parametrize("ending", ["revoked", "replaced", "erased"])
def test_the_address_of_a_calendar_leads_nowhere_there(
    at: Gateways, official: Official, ending: str
) -> None:
    at.done("/me/calendar", official.begun)
    secret = at.ask(at.here, "/api/v1/me/calendar", official.begun)[1]["secret"]
    address = f"/api/v1/calendars/me/{secret}.ics"
    assert status_at(at, address, {}) == 200
    if ending == "erased":
        ENDINGS["erased"](at, official)
    else:
        path = "/me/calendar/revoke" if ending == "revoked" else "/me/calendar"
        at.done(path, official.begun)
    must_be_refused_soon(lambda: status_at(at, address, {}) == 404)


def test_an_invitation_that_was_taken_back_lets_nobody_in_there(at: Gateways) -> None:
    about = {"name": "王姨", "community": COMMUNITY, "consent": CONSENT}
    person = at.done("/people", **about)["id"]
    invited = at.done(f"/people/{person}/invitation")["id"]
    secret = at.shown(f"/invitations/{invited}")["path"].partition("=")[2]
    at.done(f"/invitations/{invited}/withdraw")
    said = {"secret": secret, "phone": "13700000777", "password": PASSWORD}
    status, answer, cookie = at.ask(at.there, "/sign-in/invitation", HERE, said)
    assert status in (401, 404, 409), answer
    assert not cookie

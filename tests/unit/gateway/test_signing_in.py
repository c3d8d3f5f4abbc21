"""What the gateway knows of who may do what: as new as a second, good for ten, and nothing when it cannot know."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from gateway.edge.errors import TooMany
from gateway.edge.rpc import Services
from gateway.signin.access import ASKED_EVERY_S, GOOD_FOR_S, Access
from gateway.signin.believing import SignedIn
from gateway.signin.cookies import Cookies, csrf_of, hashed, new_secret
from gateway.signin.throttle import (
    MOST_REMEMBERED,
    OF_A_NUMBER,
    OF_AN_ADDRESS,
    Throttle,
)
from schemas.documents import Json
from schemas.fields import instant
from services.kit.actor import ANONYMOUS, Actor, Role
from services.kit.errors import (
    Forbidden,
    Unauthenticated,
    Unavailable,
    Unknown,
)
from tests.given import refused

SECRET = new_secret()
BEGAN, LASTS_S = datetime(2026, 6, 1, tzinfo=UTC), 600.0
UNTIL = instant(BEGAN + timedelta(seconds=LASTS_S))
RESIDENT = {"role": "resident", "scope": "510108015001"}
WORKER = {"role": "community_worker", "scope": "510108015001"}
AS_RESIDENT = Actor("R1", (Role("resident", "510108015001"),))


class People:
    """The people service as far as a gateway asks it: who has a session, in which roles, since which event."""

    def __init__(self) -> None:
        self.sessions = {hashed(SECRET): "R1"}
        self.roles: list[Json] = [RESIDENT, WORKER]
        self.head, self.changes = 5, [("R9", 3), ("R1", 4)]
        self.is_there, self.asked = True, 0

    def ask(self, service: str, name: str, question: Json, **_: Any) -> Json:
        self.asked += 1
        if not self.is_there:
            raise Unavailable("people does not answer")
        return cast(Json, getattr(self, f"_{name}")(**question))

    def change(self, person: str, *roles: Json) -> None:
        self.head += 1
        self.changes.append((person, self.head))
        self.roles = list(roles)

    def _find_session(self, hash: str) -> Json:
        if hash not in self.sessions:
            raise Unknown("no such session")
        return {"id": "N7", "person": self.sessions[hash], "until": UNTIL}

    def _access(self, person: str) -> Json:
        return {"person": person, "roles": self.roles}

    def _changed_access(self, since: int | None = None) -> Json:
        items = [
            {"person": person, "seq": seq}
            for person, seq in self.changes
            if since is not None and seq > since
        ]
        return {"items": items, "head": self.head, "more": False}


class Door:
    """Requests by cookie, and a clock that is moved."""

    def __init__(self) -> None:
        self.people, self.time = People(), 100.0
        services = cast(Services, self.people)
        access = Access(services, lambda: self.time, self.clock)
        self.signed_in = SignedIn(access, Cookies("http://127.0.0.1:8000"))

    def ask(self, method: str = "GET", secret: str = SECRET, **more: str) -> Actor:
        environ = {
            "REQUEST_METHOD": method,
            "HTTP_COOKIE": f"xfh={secret}",
            "HTTP_ORIGIN": "http://127.0.0.1:8000",
            "HTTP_X_CSRF_TOKEN": csrf_of(secret),
        }
        return self.signed_in.actor(environ | more)

    def clock(self) -> datetime:
        return BEGAN + timedelta(seconds=self.time)

    def later(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def door() -> Door:
    return Door()


def roles(actor: Actor) -> list[str]:
    return [role.role for role in actor.roles]


def test_a_cookie_is_somebody_and_is_looked_up_once(door: Door) -> None:
    assert roles(door.ask()) == ["resident", "community_worker"]
    asked = door.people.asked
    assert door.ask("POST").id == "R1"
    assert door.people.asked == asked


def test_what_is_revoked_is_gone_after_a_second(door: Door) -> None:
    door.ask()
    door.people.change("R1", RESIDENT)
    door.later(ASKED_EVERY_S)
    assert door.ask("POST") == AS_RESIDENT


def test_a_change_while_it_is_looked_up_is_not_missed(door: Door) -> None:
    ask = door.people._access

    def access(person: str) -> Json:
        answer = ask(person)
        door.people.change("R1", RESIDENT)
        return answer

    door.people._access = access  # type: ignore[method-assign]
    door.ask()
    door.people._access = ask  # type: ignore[method-assign]
    door.later(ASKED_EVERY_S)
    assert door.ask() == AS_RESIDENT


def test_somebody_else_s_change_costs_nobody_a_look(door: Door) -> None:
    door.ask()
    door.people.change("R9", RESIDENT, WORKER)
    door.later(ASKED_EVERY_S)
    asked = door.people.asked
    door.ask()
    assert door.people.asked == asked + 1


def test_a_session_that_ended_is_over(door: Door) -> None:
    door.ask()
    door.people.sessions.clear()
    door.people.change("R1", RESIDENT)
    door.later(ASKED_EVERY_S)
    assert door.ask() is ANONYMOUS
    with refused("session_over", Unauthenticated):
        door.ask("POST")


def test_without_people_staff_goes_on_for_ten_seconds_and_no_longer(door: Door) -> None:
    door.ask()
    door.people.is_there = False
    door.later(GOOD_FOR_S)
    assert "community_worker" in roles(door.ask("POST"))
    door.later(ASKED_EVERY_S)
    with refused("access_unknown", Unavailable):
        door.ask("POST")
    assert door.ask() == AS_RESIDENT


def test_without_people_a_resident_with_a_session_goes_on(door: Door) -> None:
    door.people.roles = [RESIDENT]
    door.ask()
    door.people.is_there = False
    door.later(GOOD_FOR_S + ASKED_EVERY_S)
    assert door.ask("POST") == AS_RESIDENT


def test_without_people_a_session_ends_when_its_time_is_over(door: Door) -> None:
    """Nobody says so then."""
    door.people.roles = [RESIDENT]
    door.ask()
    door.people.is_there = False
    door.later(LASTS_S)
    with refused("access_unknown", Unavailable):
        door.ask("POST")
    assert door.ask() is ANONYMOUS


def test_without_people_nobody_new_is_let_in(door: Door) -> None:
    door.people.is_there = False
    assert door.ask() is ANONYMOUS
    with refused("access_unknown", Unavailable):
        door.ask("POST")


def test_when_people_is_back_so_is_everybody(door: Door) -> None:
    door.ask()
    door.people.is_there = False
    door.later(GOOD_FOR_S + ASKED_EVERY_S)
    door.ask()
    door.people.is_there = True
    door.later(ASKED_EVERY_S)
    assert "community_worker" in roles(door.ask("POST"))


@pytest.mark.parametrize(
    "more",
    [
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "http://127.0.0.1:9000"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_X_CSRF_TOKEN": ""},
        {"HTTP_X_CSRF_TOKEN": "ÿ"},
        {"HTTP_X_CSRF_TOKEN": csrf_of("another")},
    ],
)
def test_a_page_that_is_not_ours_changes_nothing(
    door: Door, more: dict[str, str]
) -> None:
    with refused("bad_csrf_token", Forbidden):
        door.ask("POST", **more)
    assert door.ask(**more).id == "R1"


@pytest.mark.parametrize("cookie", ["", "xfh", "xfh=", "other=x", "xfh=x; xfh=y", '"'])
def test_a_cookie_that_is_none_is_nobody(door: Door, cookie: str) -> None:
    assert door.ask(HTTP_COOKIE=cookie) is ANONYMOUS


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.cn/xfh", "__Host-xfh"),
        ("http://www.example.cn", "__Host-xfh"),
        ("http://localhost:8000", "xfh"),
        ("http://[::1]:8000", "xfh"),
    ],
)
def test_only_on_the_machine_itself_is_a_cookie_without_https(
    url: str, name: str
) -> None:
    assert Cookies(url).name == name


def too_many(throttle: Throttle, number: str, address: str) -> bool:
    try:
        throttle.take(number, address)
    except TooMany:
        return True
    return False


def test_whoever_tried_too_often_is_told_when_to_come_again() -> None:
    throttle = Throttle(now=lambda: 0.0)
    while not too_many(throttle, "+86138", "1"):
        pass
    with pytest.raises(TooMany) as caught:
        throttle.take("+86138", "1")
    assert caught.value.retry_after_s == OF_A_NUMBER.within_s


def test_a_number_is_tried_so_often_from_wherever() -> None:
    now = [0.0]
    throttle = Throttle(now=lambda: now[0])
    tries = [too_many(throttle, "+86138", str(each)) for each in range(11)]
    assert tries == [False] * OF_A_NUMBER.tries + [True]
    assert not too_many(throttle, "+86139", "1")
    now[0] = OF_A_NUMBER.within_s
    assert not too_many(throttle, "+86138", "1")


def test_an_address_tries_so_often_whatever_the_number() -> None:
    throttle = Throttle(now=lambda: 0.0)
    tries = [too_many(throttle, str(each), "1") for each in range(61)]
    assert tries == [False] * OF_AN_ADDRESS.tries + [True]


def test_who_comes_in_takes_no_try_from_others_at_the_same_address() -> None:
    throttle = Throttle(now=lambda: 0.0)
    for each in range(2 * OF_AN_ADDRESS.tries):
        throttle.take(str(each), "1")
        throttle.give_back("1")
    tries = [too_many(throttle, f"+86{each}", "1") for each in range(61)]
    assert tries == [False] * OF_AN_ADDRESS.tries + [True]


@pytest.mark.parametrize(
    "beside", ['seen={"x": 1}; ', "a[]=1; ", "n=\u00e4\u00b8\u00ad; ", "a=b c d; "]
)
def test_cookies_of_others_beside_ours_hide_nothing(beside: str) -> None:
    cookies = Cookies("http://127.0.0.1:8000")
    assert cookies.secret_in({"HTTP_COOKIE": f"{beside}xfh={SECRET}"}) == SECRET


@pytest.mark.parametrize("origin", ["http://[", "://", "null", "", "http://here:81"])
def test_an_origin_that_is_none_is_not_ours(origin: str) -> None:
    environ = {"HTTP_ORIGIN": origin, "HTTP_HOST": "here"}
    assert not Cookies("http://127.0.0.1:8000").is_from_here(environ)


def test_a_page_without_https_is_not_ours_where_ours_have_it() -> None:
    cookies = Cookies("https://xfh.example")
    environ = {"HTTP_HOST": "xfh.example"}
    assert cookies.is_from_here(environ | {"HTTP_ORIGIN": "https://xfh.example"})
    assert not cookies.is_from_here(environ | {"HTTP_ORIGIN": "http://xfh.example"})


def test_a_line_s_addresses_of_the_sixth_version_are_one() -> None:
    throttle = Throttle(now=lambda: 0.0)
    line, tries = "2001:db8:7:1", OF_AN_ADDRESS.tries
    for each in range(tries):
        throttle.take(str(each), f"{line}::{each:x}")
    assert too_many(throttle, "another", f"{line}:ffff::1")
    assert not too_many(throttle, "another", "2001:db8:7:2::1")
    throttle.give_back(f"{line}::1")


def test_who_has_no_tries_left_fills_nobody_s_place_with_numbers() -> None:
    """Where too many are remembered all are forgotten, and with them what was tried."""
    throttle = Throttle(now=lambda: 0.0)
    for each in range(OF_AN_ADDRESS.tries):
        throttle.take("+86138" if each < OF_A_NUMBER.tries else str(each), "1")
    for each in range(MOST_REMEMBERED):
        assert too_many(throttle, f"made up {each}", "1")
    assert too_many(throttle, "+86138", "2")

"""Somebody who is erased: not a word of theirs is left in any file, and what was counted stays as it was."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examples import partners
from tests.examples import people as examples
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_api_keys import Official
from tests.integration.test_keys_judging import opened

CONTACTS = ["13912345671", "13912345672", "13912345673"]
PHONE, NEW_PHONE = "13812345674", "13812345675"
NAME, NEW_NAME = "欧阳灼灼", "欧阳烁烁"
PASSWORD, NEW_PASSWORD = "zebra crossing 76", "violet harbour 77"
PLANTED = (NAME, NEW_NAME, PHONE, NEW_PHONE, PASSWORD, NEW_PASSWORD, *CONTACTS)
HERE = {"Origin": "http://localhost"}


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    with gateway_over(tmp_path) as gateway:
        yield gateway


def files_that_say(folder: Path, word: str) -> list[str]:
    """By name, as UTF-8 and as JSON may write it."""
    spelt = word.encode(), json.dumps(word)[1:-1].encode()
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(each in path.read_bytes() for each in spelt)
    ]


def live(gateway: Gateway, admin: str) -> str:
    """Records somebody, lets them in, and has them change all that can be changed. Returns who it is."""
    record = {"name": NAME, "born": "1950", "contacts": CONTACTS}
    where = {"community": COMMUNITY, "consent": examples.CONSENT}
    person: str = gateway.done("/people", admin, **record, **where)["id"]
    sent = gateway.done(f"/people/{person}/invitation", admin)
    shown = gateway.get(f"/invitations/{sent['id']}", admin).get_json()
    said = {
        "secret": shown["path"].partition("=")[2],
        "phone": PHONE,
        "password": PASSWORD,
    }
    me = gateway.client.post("/sign-in/invitation", json=said, headers=HERE)
    token = {"X-CSRF-Token": me.get_json()["csrf_token"]}
    chosen = {"old": PASSWORD, "password": NEW_PASSWORD}
    gateway.client.post("/sign-in/password/change", json=chosen, headers=HERE | token)
    gateway.done(f"/people/{person}/change", admin, name=NEW_NAME)
    account = gateway.get(f"/people/{person}", admin).get_json()["account"]
    gateway.done(f"/accounts/{account}/login", admin, phone=NEW_PHONE)
    gateway.client.delete_cookie("xfh")
    return person


def test_no_file_says_who_somebody_was(gateway: Gateway, tmp_path: Path) -> None:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    person = live(gateway, admin)
    events = gateway.bus.hosts["people"].store.log.head()
    gateway.done(f"/people/{person}/erase", admin, wish="本人要求")
    left = {word: files_that_say(tmp_path, word) for word in PLANTED}
    assert left == {word: [] for word in PLANTED}
    assert gateway.bus.hosts["people"].store.log.head() == events + 1
    shown = gateway.get(f"/people/{person}", admin).get_json()
    assert (shown["state"], "name" in shown) == ("erased", False)


def test_while_somebody_is_there_no_file_says_it_in_plain_words(
    gateway: Gateway, tmp_path: Path
) -> None:
    live(gateway, gateway.token("A1", ("district_admin", DISTRICT)))
    left = {word: files_that_say(tmp_path, word) for word in PLANTED}
    assert left == {word: [] for word in PLANTED}


def test_what_somebody_wrote_elsewhere_goes_with_them(
    gateway: Gateway, tmp_path: Path
) -> None:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    person = live(gateway, admin)
    resident = gateway.token(person, ("resident", COMMUNITY))
    application = {**partners.APPLICATION, "community": COMMUNITY}
    partner = gateway.done("/partners", resident, **application)["id"]
    host = gateway.bus.hosts["partners"]
    assert host.notes.text(f"{partner}.name") == application["name"]
    gateway.done(f"/people/{person}/erase", admin, wish="本人要求")
    host.followers["people"].catch_up()
    assert host.notes.text(f"{partner}.name") == ""


def test_what_somebody_called_their_keys_goes_with_them(
    gateway: Gateway, tmp_path: Path
) -> None:
    """It may name them, or anybody."""
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    maker = Official(gateway, admin, "13700000001", "community_worker", COMMUNITY)
    role = {"role": "community_worker", "scope": COMMUNITY}
    made = maker.asks(role, name=f"{NAME}的小程序").get_json()["document"]
    key = f"/api/v1/api-keys/{made['id']}"
    assert maker.browser.get(key).get_json()["name"] == f"{NAME}的小程序"
    assert files_that_say(tmp_path, NAME) == []
    notes = gateway.bus.hosts["people"].notes
    assert notes.text(f"api_key.{made['id']}")
    gateway.done(f"/people/{maker.id}/erase", admin, wish="本人要求")
    assert notes.text(f"api_key.{made['id']}") == ""


def test_what_a_worker_wrote_to_those_who_signed_up_goes_with_the_worker(
    gateway: Gateway, tmp_path: Path
) -> None:
    """A host's message may name anybody; it is its writer's."""
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    keeper = gateway.token("W9", ("community_worker", COMMUNITY))
    activity = opened(gateway, keeper)
    writer = Official(gateway, admin, "13700000001", "community_worker", COMMUNITY)
    words = f"{NAME}阿姨带了相机，电话 {PHONE}"
    path = f"/activities/{activity}/messages"
    sent = writer.browser.post(f"/api/v1{path}", {"words": words})
    assert sent.status_code in (200, 201), sent.text
    assert [one["words"] for one in messages(gateway, path, keeper)] == [words]
    assert files_that_say(tmp_path, NAME) == files_that_say(tmp_path, PHONE) == []
    gateway.done(f"/people/{writer.id}/erase", admin, wish="本人要求")
    host = gateway.bus.hosts["activities"]
    host.followers["people"].catch_up()
    assert [one.get("words", "") for one in messages(gateway, path, keeper)] == [""]


def messages(gateway: Gateway, path: str, token: str) -> list[dict[str, str]]:
    items: list[dict[str, str]] = gateway.get(path, token).get_json()["items"]
    return items

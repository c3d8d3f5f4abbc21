"""`xfh keys`: what was signed and sealed before goes on, by keys that are others."""

import time
from contextlib import closing
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag

from services.kit.actor import Actor, Role
from services.kit.bearers import tokens
from services.kit.bearers.signing_keys import Ring
from services.kit.bearers.tokens import Verifier
from services.kit.config import Settings
from services.kit.config.values import BadSetting
from services.kit.engine.tables import collections_of
from services.kit.errors import Unauthenticated, Unavailable
from services.kit.sealed.notes import Note, Notes
from services.kit.store import Store, open_store
from services.people.service import People
from services.xfh.commands.keys import OTHERS, make_all
from tests.integration.cli.conftest import Xfh

WORKER = Role("community_worker", "510108002001")
WORDS = Note("person.P1", "W1", "P1", "王秀英")


def signed(settings: Settings) -> str:
    return tokens.issue(settings, "worker-1", [WORKER], hours=1)


def test_a_token_goes_on_when_another_key_signs(xfh: Xfh, settings: Settings) -> None:
    before = signed(settings)
    verifier = Verifier(Ring(settings))
    assert verifier.actor(before) == Actor("worker-1", (WORKER,))
    code, kid, _ = xfh("keys", "rotate")
    assert code == 0
    after = signed(settings)
    ring = Ring(settings)
    assert ring.public()[0]["kid"] == kid.strip()
    for token in (before, after):
        assert Verifier(ring).actor(token).id == "worker-1"


def test_a_key_that_others_have_is_believed_no_more_at_once(
    xfh: Xfh, settings: Settings
) -> None:
    """By a gateway that runs, for what it has believed before."""
    now = [time.time()]
    verifier = Verifier(Ring(settings, now=lambda: now[0]), now=lambda: now[0])
    stolen = signed(settings)
    assert verifier.actor(stolen).id == "worker-1"
    assert xfh("keys", "rotate", "--keep-hours", 0).code == 0
    now[0] += 1
    with pytest.raises(Unauthenticated):
        verifier.actor(stolen)
    assert verifier.actor(signed(settings)).id == "worker-1"


@pytest.mark.parametrize("hours", [-1, 24 * 366 + 1])
def test_nobody_waits_for_so_many_hours(
    xfh: Xfh, settings: Settings, hours: int
) -> None:
    signed(settings)
    assert xfh("keys", "rotate", "--keep-hours", hours).code == 2


def opened(settings: Settings) -> Store:
    return open_store(settings.store, "people", collections_of(People))


def test_a_new_master_key_wraps_the_data_keys_and_touches_no_words(
    xfh: Xfh, settings: Settings
) -> None:
    xfh("divisions", "load")
    with closing(opened(settings)) as store:
        notes = Notes("people", store.keep, settings.master_keys)
        notes.put(WORDS)
        [sealed], [wrapped] = notes.kept(), notes.keys.kept()
        old = settings.master_keys()
        code, told, _ = xfh("keys", "new-master")
        assert (code, "people：1 把" in told) == (0, True)
        new = settings.master_keys()
        assert list(new.by_kid) == [old.newest, new.newest]
        assert notes.kept() == [sealed]
        [rewrapped] = notes.keys.kept()
        assert (rewrapped["kid"], rewrapped["key"]) == (new.newest, wrapped["key"])
        assert notes.text(WORDS.id) == WORDS.text, "a process that runs goes on"
        assert "people：0 把" in xfh("keys", "wrap").out


def test_who_has_the_old_master_key_alone_opens_nothing_wrapped_anew(
    xfh: Xfh, settings: Settings
) -> None:
    xfh("divisions", "load")
    with closing(opened(settings)) as store:
        Notes("people", store.keep, settings.master_keys).put(WORDS)
        old = settings.master_keys()
        xfh("keys", "new-master")
        with pytest.raises((Unavailable, InvalidTag)):
            Notes("people", store.keep, lambda: old).text(WORDS.id)


@pytest.fixture
def in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XFH_ENV", "production")


@pytest.mark.usefixtures("in_production")
def test_production_does_not_start_without_a_secret_and_says_which(
    xfh: Xfh, settings: Settings
) -> None:
    for command in (("up",), ("gateway",)):
        code, _, says = xfh(*command)
        assert (code, "master.key" in says, "token.pem" in says) == (2, True, True)
    assert not settings.keys.exists(), "nothing was made on the way"


@pytest.mark.usefixtures("in_production")
@pytest.mark.parametrize("missing", ["master.key", "phone.key", "token.pub.pem"])
def test_production_names_the_one_secret_that_is_missing(
    xfh: Xfh, settings: Settings, missing: str
) -> None:
    assert xfh("keys", "make").code == 0
    (settings.keys / missing).unlink()
    code, _, says = xfh("up")
    assert (code, f"缺少 {missing}；" in says) == (2, True)
    assert not (settings.keys / missing).exists()


def test_no_secret_is_made_in_production_by_whoever_reads_it(
    settings: Settings,
) -> None:
    production = replace(settings, environment="production")
    readers = (*OTHERS, tokens.private_key, tokens.public_key)
    for read in readers:
        with pytest.raises(BadSetting):
            read(production)
    make_all(production)
    for read in readers:
        read(production)


@pytest.mark.usefixtures("in_production")
def test_production_takes_no_password_everybody_knows_and_signs_for_no_developer(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    xfh("keys", "make")
    token = ("token", "--actor", "worker-1", "--role", "community_worker:510108")
    code, out, _ = xfh(*token)
    assert (code, out) == (2, "")
    monkeypatch.setenv("XFH_BUS", "amqp://guest:guest@localhost:5672/")
    code, _, says = xfh("up")
    assert (code, "RabbitMQ 自带的密码" in says) == (2, True)


def test_whoever_writes_the_environment_wrongly_is_told(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XFH_ENV", "prod")
    code, _, says = xfh("config")
    assert (code, "XFH_ENV" in says) == (2, True)


def test_what_is_kept_by_a_key_that_is_gone_is_not_given_up_unasked(
    xfh: Xfh, settings: Settings
) -> None:
    """Another key would open none of it, and nobody would be told."""
    assert xfh("keys", "make").code == 0
    with closing(opened(settings)) as store:
        Notes("people", store.keep, settings.master_keys).put(WORDS)
    (settings.keys / "door.key").unlink()
    assert xfh("keys", "make").code == 0
    assert (settings.keys / "door.key").is_file()
    (settings.keys / "master.key").rename(settings.data / "away")
    refused = xfh("keys", "make")
    assert (refused.code, "已有靠 master.key 保存的内容" in refused.err) == (1, True)
    assert not (settings.keys / "master.key").exists()
    (settings.data / "away").rename(settings.keys / "master.key")
    assert xfh("keys", "make").code == 0
    (settings.keys / "master.key").unlink()
    assert xfh("keys", "make", "--lost").code == 0


def test_the_key_of_the_phones_is_missed_where_there_are_people(
    xfh: Xfh, settings: Settings
) -> None:
    xfh("divisions", "load")
    assert xfh("admin", "invite", "令狐秀英", "510108002001").code == 0
    (settings.keys / "phone.key").unlink()
    refused = xfh("keys", "make")
    assert (refused.code, "phone.key" in refused.err) == (1, True)
    assert not (settings.keys / "phone.key").exists()

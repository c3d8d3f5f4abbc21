"""A file of keys that is empty, cut or another's is named to whoever reads it; no key is made of what is left."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from services.kit.bearers import signing_keys
from services.kit.config import Settings
from services.kit.config.values import BadSetting
from services.kit.seals.signing import NONE_BEFORE, Signer, trusted
from services.xfh.commands.keys import make_all

Reader = Callable[[Settings], object]


def signed(settings: Settings) -> object:
    return Signer(settings).signed({"before": NONE_BEFORE})


def believed(settings: Settings) -> object:
    return signing_keys.Ring(settings).public()


READERS: dict[str, Reader] = {
    "door.key": Settings.door_key,
    "report.key": Settings.report_key,
    "cursor.key": Settings.cursor_key,
    "phone.key": Settings.phone_key,
    "way.key": Settings.way_key,
    "bus.key": Settings.bus_key,
    "master.key": Settings.master_keys,
    "seal.pem": signed,
    "seal.2026.pub.pem": trusted,
    "token.pem": signing_keys.private_key,
    "token.pub.pem": signing_keys.public_key,
    "token.until-9999999999.pub.pem": believed,
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data=tmp_path)
    make_all(made)
    return made


@pytest.mark.parametrize("content", [b"", b"half a key", bytes(range(31))])
@pytest.mark.parametrize("name", READERS)
def test_what_is_no_whole_key_is_named(
    settings: Settings, name: str, content: bytes
) -> None:
    (settings.keys / name).write_bytes(content)
    with pytest.raises(BadSetting) as caught:
        READERS[name](settings)
    assert str(settings.keys / name) in str(caught.value)
    assert (settings.keys / name).read_bytes() == content


EC, ED448 = generate_private_key(SECP256R1()), Ed448PrivateKey.generate()
PKCS8 = (Encoding.PEM, PrivateFormat.PKCS8)
SPKI = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.mark.parametrize("name", ["seal.pem", "token.pem"])
@pytest.mark.parametrize(
    "key",
    [
        EC.private_bytes(*PKCS8, NoEncryption()),
        ED448.private_bytes(*PKCS8, NoEncryption()),
        EC.private_bytes(*PKCS8, BestAvailableEncryption(b"a password")),
        EC.public_key().public_bytes(*SPKI),
    ],
    ids=["of another kind", "of another curve", "locked", "public"],
)
def test_a_key_that_signs_nothing_here_is_named(
    settings: Settings, name: str, key: bytes
) -> None:
    (settings.keys / name).write_bytes(key)
    with pytest.raises(BadSetting, match=name):
        READERS[name](settings)


@pytest.mark.parametrize(
    "name",
    ["token.pub.pem", "token.until-9999999999.pub.pem", "seal.2026.pub.pem"],
)
@pytest.mark.parametrize("of", [EC, ED448], ids=["kind", "curve"])
def test_a_public_key_of_another_kind_is_named(
    settings: Settings, name: str, of: Ed448PrivateKey
) -> None:
    (settings.keys / name).write_bytes(of.public_key().public_bytes(*SPKI))
    with pytest.raises(BadSetting, match=name):
        READERS[name](settings)


def test_the_public_key_in_the_place_of_what_signs_is_named(settings: Settings) -> None:
    public = (settings.keys / "token.pub.pem").read_bytes()
    (settings.keys / "token.pem").write_bytes(public)
    with pytest.raises(BadSetting, match="是公钥"):
        signing_keys.private_key(settings)

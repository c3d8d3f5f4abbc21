"""What people choose, and the addresses they give and take back."""

import re

from schemas.documents import Json
from services.kit.channels import Channels
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Reads
from services.notices.model.choices import of_person

ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
# The part before the @ as RFC 5322 has it without quotes and comments; the domain in ASCII.
LOCAL = re.compile(
    r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+(\.[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+)*"
)
DOMAIN = re.compile(
    r"([0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+[0-9A-Za-z-]{2,63}"
)


def choose(docs: Reads, command: Json, asked: Asked, channels: Channels) -> Fact:
    for each in command["wanted"]:
        _must_be_personal(channels, each["channel"], "wanted")
    return _fact("notices_chosen.v1", asked, command)


def give_address(docs: Reads, command: Json, asked: Asked, channels: Channels) -> Fact:
    """Another address takes the place of the one before in its note: at no moment is there none."""
    asks = _must_be_personal(channels, command["channel"], "channel")
    address = as_id(command["address"]) if asks == "id" else as_mail(command["address"])
    note = of_person(docs, asked.actor.id)["notes"].get(
        command["channel"], asked.new_id
    )
    return _fact(
        "address_given.v1",
        asked,
        {"channel": command["channel"], "note": note},
        {note: address},
    )


def forget_address(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Notes are written before the event: when it is acknowledged the address is gone."""
    note = of_person(docs, asked.actor.id)["notes"].get(command["channel"])
    if note is None:
        raise Unknown("这个渠道没有您的地址", path="channel")
    return _fact(
        "address_forgotten.v1", asked, {"channel": command["channel"]}, {note: ""}
    )


def wants(choices: Json, kind: str, channel: str) -> bool:
    """Every kind by a channel that the person says nothing of."""
    return all(
        kind in each["kinds"]
        for each in choices["wanted"]
        if each["channel"] == channel
    )


def as_mail(text: str) -> str:
    """The address with its domain in ASCII. Raises `Invalid`."""
    local, _, domain = text.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
    except UnicodeError:
        ascii_domain = ""
    if (
        len(local) > 64
        or not LOCAL.fullmatch(local)
        or not DOMAIN.fullmatch(ascii_domain)
    ):
        raise Invalid(
            "应为一个邮箱地址，例如 name@example.org",
            code="bad_mail_address",
            path="address",
        )
    return f"{local}@{ascii_domain}"


def as_id(text: str) -> str:
    if not ID.fullmatch(text):
        raise Invalid(
            "应为字母、数字和 . _ -，最多 64 位", code="bad_channel_id", path="address"
        )
    return text


def _must_be_personal(channels: Channels, name: str, path: str) -> str:
    """What the channel asks for."""
    channel = channels.named(name)
    if channel is None or not channel.asks:
        raise Unknown(f"没有可以填地址的渠道 {name}", code="unknown_channel", path=path)
    return channel.asks


def _fact(
    type: str, asked: Asked, data: Json, notes: dict[str, str] | None = None
) -> Fact:
    person = asked.actor.id
    return Fact(type, f"choices/{person}", {**data, "person": person}, notes or {})

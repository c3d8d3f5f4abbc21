"""What people choose, and the addresses they give and take back."""

import re

from schemas.documents import Json
from services.district import consents
from services.kit.channels import Channels
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Reads
from services.notices.model.choices import of_person

PURPOSE = "notices"  # To which people consent, or do not any more.
MOST_LOCAL = 64
ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,63}")
# The part before the @ as RFC 5322 has it without quotes and comments; the domain in ASCII.
LOCAL = re.compile(
    r"[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+(\.[0-9A-Za-z!#$%&'*+/=?^_`{|}~-]+)*"
)
DOMAIN = re.compile(
    r"([0-9A-Za-z]([0-9A-Za-z-]{0,61}[0-9A-Za-z])?\.)+[0-9A-Za-z-]{2,63}"
)


def choose(docs: Reads, command: Json, asked: Asked, channels: Channels) -> Fact:
    """Raises `Invalid` for a channel that is not there, or to which nobody gives an address."""
    for each in command["wanted"]:
        _must_be_personal(channels, each["channel"], "wanted")
    return _fact("notices_chosen.v1", asked, command)


def give_address(docs: Reads, command: Json, asked: Asked, channels: Channels) -> Fact:
    """Another address takes the place of the one before in its note: at no moment is there none."""
    channel = command["channel"]
    text = command["address"]
    asks = _must_be_personal(channels, channel, "channel")
    address = as_id(text) if asks == "id" else as_mail(text)
    choices = of_person(docs, asked.actor.id)
    note = choices["notes"].get(channel, asked.new_id)
    given = {"channel": channel, "note": note}
    return _fact("address_given.v1", asked, given, {note: address})


def forget_address(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Notes are written before the event: when it is acknowledged the address is gone."""
    channel = command["channel"]
    notes = of_person(docs, asked.actor.id)["notes"]
    if channel not in notes:
        raise Unknown("这个渠道没有您的地址", path="channel")
    erased = {notes[channel]: ""}
    return _fact("address_forgotten.v1", asked, {"channel": channel}, erased)


def wants(docs: Reads, choices: Json, kind: str, channel: str) -> bool:
    """Every kind by a channel that the person says nothing of; nothing once they agree to no notices any more."""
    if consents.is_withdrawn(docs, choices.get("id", ""), PURPOSE):
        return False
    of_channel = [each for each in choices["wanted"] if each["channel"] == channel]
    return all(kind in each["kinds"] for each in of_channel)


def as_mail(text: str) -> str:
    """The address with its domain in ASCII. Raises `Invalid`."""
    local, _, domain = text.rpartition("@")
    ascii_domain = _in_ascii(domain)
    is_local = len(local) <= MOST_LOCAL and LOCAL.fullmatch(local)
    if not is_local or not DOMAIN.fullmatch(ascii_domain):
        says = "应为一个邮箱地址，例如 name@example.org"
        raise Invalid(says, code="bad_mail_address", path="address")
    return f"{local}@{ascii_domain}"


def _in_ascii(domain: str) -> str:
    """As DNS has it; "" for what no domain can be called."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""


def as_id(text: str) -> str:
    """The address, if it may be the id of somebody on a channel. Raises `Invalid` otherwise."""
    if not ID.fullmatch(text):
        says = "应为字母、数字和 . _ -，最多 64 位"
        raise Invalid(says, code="bad_channel_id", path="address")
    return text


def _must_be_personal(channels: Channels, name: str, path: str) -> str:
    """What the channel asks for."""
    channel = channels.named(name)
    if channel is None or not channel.asks:
        says = f"没有可以填地址的渠道 {name}"
        raise Unknown(says, code="unknown_channel", path=path)
    return channel.asks


def _fact(
    type: str, asked: Asked, data: Json, notes: dict[str, str] | None = None
) -> Fact:
    person = asked.actor.id
    return Fact(type, f"choices/{person}", data | {"person": person}, notes or {})

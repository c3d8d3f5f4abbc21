"""What became of deliveries, and a message as it is sent."""

from itertools import product

from schemas.documents import Json
from services.kit.channels import Channel, Channels
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads
from services.notices.model.addressees import wheres_of
from services.notices.model.choices import of_person
from services.notices.rules.deliveries import manages
from services.notices.rules.inbox import find_notice
from services.notices.views import texts
from services.notices.views.names import by_name


def list_deliveries(views: Reads, question: Json, asked: Asked) -> Json:
    """One's own and those of where one works; for the district's administrator, all of the district."""
    everyones = asked.actor.holds_somewhere("district_admin")
    own = wheres_of(asked.actor, asked.ids)
    whose: list[Json] = [{}] if everyones else list(own)
    finds = []
    for where, state in product(whose, each(question, "state")):
        finds.append(Find("deliveries", where | state, "at", newest_first=True))

    def sees(delivery: Json) -> bool:
        return not everyones or manages(views, delivery, asked)

    return page(views, question, *finds, sees=sees)


def read_message(
    views: Reads, question: Json, asked: Asked, channels: Channels
) -> Json:
    """`{address, heading, text}` of a message about to be sent; `address` is "" for a group, or when it was erased."""
    id = question["message"]
    message = views.get("messages", id)
    channel = _channel_of(message, channels)
    if message is None or channel is None:
        raise Unknown("没有这个发送", path="message")
    choices = _choices(views, message["to"], channel)
    notices = _notices(views, message["deliveries"])
    read = texts.message(notices, choices["language"])
    note = choices["notes"].get(channel.name)
    read["address"] = asked.note(note) if note else ""
    return read


def _channel_of(message: Json | None, channels: Channels) -> Channel | None:
    if message is None or "channel" not in message:
        return None
    return channels.named(message["channel"])


def _choices(views: Reads, to: str, channel: Channel) -> Json:
    """Of the person it goes to; a group has its channel's language, and no address of its own."""
    kind, _, id = to.partition("/")
    if kind == "person":
        return of_person(views, id)
    return {"language": channel.language, "notes": {}}


def _notices(views: Reads, deliveries: list[str]) -> list[Json]:
    ids = (delivery.rpartition(".")[0] for delivery in deliveries)
    notices = (find_notice(views, id) for id in ids)
    return [by_name(views, notice) for notice in notices if notice]

"""What the notices service answers: the inbox, a person's choices, and what became of deliveries."""

from dataclasses import replace

from schemas.documents import Json
from schemas.fields import instant
from schemas.notices.inbox import MOST_UNREAD
from services.kit.channels import Channels
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import each, every, page
from services.kit.views import Find, Reads
from services.notices.folds.notices import SOURCES
from services.notices.model.addressees import Where, is_for, wheres_of
from services.notices.model.choices import of_person
from services.notices.rules.deliveries import manages
from services.notices.rules.inbox import find_notice
from services.notices.views import texts


def my_notices(views: Reads, question: Json, asked: Asked) -> Json:
    language = question.get("lang") or of_person(views, asked.actor.id)["language"]
    found = page(
        views, question, *(replace(find, newest_first=True) for find in _finds(asked))
    )
    return {
        **found,
        "items": [_shown(views, notice, language, asked) for notice in found["items"]],
    }


def unread(views: Reads, question: Json, asked: Asked) -> Json:
    since = _unread_since(views, asked)
    marks = every(
        views,
        Find("marks", {"person": asked.actor.id}, "of", since=since, limit=MOST_UNREAD),
    )
    marked = sum("to" not in mark or is_for(asked.actor, mark["to"]) for mark in marks)
    most = MOST_UNREAD + marked
    waiting = sum(
        views.count(replace(find, since=since, limit=most)) for find in _finds(asked)
    )
    return {"unread": max(0, min(waiting - marked, MOST_UNREAD))}


def my_choices(views: Reads, question: Json, asked: Asked, channels: Channels) -> Json:
    offered = [
        {"channel": channel.name, "asks": channel.asks}
        for channel in channels
        if channel.asks
    ]
    return {**of_person(views, asked.actor.id), "offered": offered}


def list_deliveries(views: Reads, question: Json, asked: Asked) -> Json:
    """One's own and those of where one works; for the district's administrator, all of the district."""
    everyones = asked.actor.holds_somewhere("district_admin")
    whose: list[Where] = [{}] if everyones else wheres_of(asked.actor)
    wheres = [
        {**where, **state} for where in whose for state in each(question, "state")
    ]
    finds = (Find("deliveries", where, "at", newest_first=True) for where in wheres)

    def sees(delivery: Json) -> bool:
        return not everyones or manages(views, delivery, asked)

    return page(views, question, *finds, sees=sees)


def read_message(
    views: Reads, question: Json, asked: Asked, channels: Channels
) -> Json:
    """`{address, heading, text}` of a message about to be sent; `address` is "" for a group, or when it was erased."""
    message, channel = views.get("messages", question["message"]), None
    if message is not None and "channel" in message:
        channel = channels.named(message["channel"])
    if message is None or channel is None:
        raise Unknown(f"没有编号为 {question['message']} 的发送", path="message")
    kind, _, id = message["to"].partition("/")
    choices: Json = (
        of_person(views, id)
        if kind == "person"
        else {"language": channel.language, "notes": {}}
    )
    note = choices["notes"].get(channel.name)
    notices = (
        find_notice(views, delivery.rpartition(".")[0])
        for delivery in message["deliveries"]
    )
    said = texts.message([notice for notice in notices if notice], choices["language"])
    return {"address": asked.note(note) if note else "", **said}


def _finds(asked: Asked) -> list[Find]:
    """What has been told by now; a reminder is written before its time."""
    until = instant(asked.now)
    return [
        Find(name, where, "at", until=until)
        for where in wheres_of(asked.actor)
        for name in SOURCES.values()
    ]


def _unread_since(views: Reads, asked: Asked) -> str:
    reader = views.get("readers", asked.actor.id)
    return str(reader["unread_since"]) if reader else ""


def _shown(views: Reads, notice: Json, language: str, asked: Asked) -> Json:
    marked = views.get("marks", f"{asked.actor.id}:{notice['id']}") is not None
    read = marked or notice["at"] < _unread_since(views, asked)
    return {
        **notice,
        **texts.as_it_is_now(notice, language),
        "done": "done_at" in notice,
        "read": read,
    }

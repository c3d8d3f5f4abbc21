"""The inbox: what has been told to the actor, and how much of it is not read yet."""

from collections.abc import Iterator
from dataclasses import replace

from schemas.documents import Json
from schemas.fields import instant
from schemas.notices.inbox import MOST_UNREAD
from services.kit.entrypoints import Asked
from services.kit.lists.paging import every, page
from services.kit.views import Find, Reads
from services.notices.folds.notices import SOURCES
from services.notices.model.addressees import is_for, wheres_of
from services.notices.model.choices import of_person
from services.notices.views import texts
from services.notices.views.names import by_name


def my_notices(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}` in the reader's language, the latest first; each says whether it is `done` and `read`."""
    choices = of_person(views, asked.actor.id)
    language = question.get("lang") or choices["language"]
    latest_first = [replace(find, newest_first=True) for find in _finds(asked)]
    notices = page(views, question, *latest_first)
    shown = [_shown(views, notice, language, asked) for notice in notices["items"]]
    return notices | {"items": shown}


def unread(views: Reads, question: Json, asked: Asked) -> Json:
    """`{unread}`, counting no further than `MOST_UNREAD`."""
    marked = _marked(views, asked)
    most = MOST_UNREAD + marked
    waiting = 0
    for find in _finds(asked):
        since = _unread_since(views, str(find.where.get("to", "")), asked)
        waiting += views.count(replace(find, since=since, limit=most))
    return {"unread": max(0, min(waiting - marked, MOST_UNREAD))}


def _marked(views: Reads, asked: Asked) -> int:
    """How many were read one by one, and are not among all that were read up to some moment."""
    marked: set[str] = set()
    for id in asked.ids:
        since = _read_all_since(views, id)
        finds = Find("marks", {"person": id}, "of", since=since, limit=MOST_UNREAD)
        marked |= {
            mark["notice"]
            for mark in every(views, finds)
            if _counts(views, mark, asked)
        }
    return len(marked)


def _counts(views: Reads, mark: Json, asked: Asked) -> bool:
    """Whether its notice would count as unread without it. Marks of before say not whom the notice was to."""
    to = str(mark.get("to", ""))
    is_own = not to or is_for(asked.actor, to, asked.ids)
    return is_own and bool(mark["of"] >= _unread_since(views, to, asked))


def _finds(asked: Asked) -> Iterator[Find]:
    """What has been told by now; a reminder is written before its time."""
    until = instant(asked.now)
    for where in wheres_of(asked.actor, asked.ids):
        for name in SOURCES.values():
            yield Find(name, where, "at", until=until)


def _unread_since(views: Reads, to: str, asked: Asked) -> str:
    """Since when what goes to `to` was not read all at once: by the actor, or by the one merged into them it is for."""
    told = to.removeprefix("person/")
    readers = {asked.actor.id, *({told} & {*asked.ids})}
    return max(_read_all_since(views, id) for id in readers)


def _read_all_since(views: Reads, id: str) -> str:
    reader = views.get("readers", id)
    return str(reader["unread_since"]) if reader else ""


def _shown(views: Reads, notice: Json, language: str, asked: Asked) -> Json:
    shown = notice | texts.as_it_is_now(by_name(views, notice), language)
    shown["done"] = "done_at" in notice
    shown["read"] = _is_read(views, notice, asked)
    return shown


def _is_read(views: Reads, notice: Json, asked: Asked) -> bool:
    """By the actor, or by one of those merged into them."""
    marks = (f"{id}:{notice['id']}" for id in asked.ids)
    if any(views.get("marks", mark) is not None for mark in marks):
        return True
    return bool(notice["at"] < _unread_since(views, notice["to"], asked))

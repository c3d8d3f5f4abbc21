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
    since = _unread_since(views, asked)
    marked = _marked(views, since, asked)
    most = MOST_UNREAD + marked
    waiting = 0
    for find in _finds(asked):
        waiting += views.count(replace(find, since=since, limit=most))
    return {"unread": max(0, min(waiting - marked, MOST_UNREAD))}


def _marked(views: Reads, since: str, asked: Asked) -> int:
    """How many of those since then were read one by one. Marks of before say not whom the notice was to."""
    own = {"person": asked.actor.id}
    marks = every(views, Find("marks", own, "of", since=since, limit=MOST_UNREAD))
    own_marks = [mark for mark in marks if _is_own(mark, asked)]
    return len(own_marks)


def _is_own(mark: Json, asked: Asked) -> bool:
    return "to" not in mark or is_for(asked.actor, mark["to"], asked.ids)


def _finds(asked: Asked) -> Iterator[Find]:
    """What has been told by now; a reminder is written before its time."""
    until = instant(asked.now)
    for where in wheres_of(asked.actor, asked.ids):
        for name in SOURCES.values():
            yield Find(name, where, "at", until=until)


def _unread_since(views: Reads, asked: Asked) -> str:
    reader = views.get("readers", asked.actor.id)
    return str(reader["unread_since"]) if reader else ""


def _shown(views: Reads, notice: Json, language: str, asked: Asked) -> Json:
    shown = notice | texts.as_it_is_now(by_name(views, notice), language)
    shown["done"] = "done_at" in notice
    shown["read"] = _is_read(views, notice, asked)
    return shown


def _is_read(views: Reads, notice: Json, asked: Asked) -> bool:
    mark = f"{asked.actor.id}:{notice['id']}"
    if views.get("marks", mark) is not None:
        return True
    return bool(notice["at"] < _unread_since(views, asked))

"""A list that is asked for by many conditions: an index answers the most telling, the rest is looked at."""

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from schemas.documents import Json, pick
from services.kit.errors import Invalid
from services.kit.lists.paging import anything, page
from services.kit.lists.search import Matches, words_of
from services.kit.store import Views
from services.kit.views import Collection, Find, Reads, Search


def listed(
    docs: Reads,
    collection: Collection,
    question: Json,
    *finds: Find,
    sees: Callable[[Json], bool] = anything,
) -> Json:
    """`{items, next}`: what one of `finds` tells of and the asker `sees`, in their order.

    With a `text`, those of them in which all its words are found, the newest first; `docs` must be `Views` for that.
    """

    def is_asked_for(doc: Json) -> bool:
        """An index may tell of more than was asked: each document is held against all conditions."""
        return any(find.matches(doc) for find in finds) and sees(doc)

    search = (
        Search(collection.name, _words(question["text"]))
        if "text" in question
        else None
    )
    if search and finds:
        return Matches(cast(Views, docs), search).page(question, is_asked_for)
    answered: list[Find] = []
    for find in (narrowed(find, collection) for find in finds):
        if find not in answered:
            answered.append(find)
    return page(docs, question, *answered, sees=is_asked_for)


def narrowed(find: Find, collection: Collection) -> Find:
    """The same with the conditions of an index only: of those that ask no more, the first declared.

    Raises `LookupError` when there is none.
    """
    for *names, by in collection.indexes:
        if by == find.by and find.where.keys() >= set(names):
            return replace(find, where=pick(find.where, *names))
    asked = f"{sorted(find.where)} by {find.by}"
    raise LookupError(f"no index of {collection.name} is of use to {asked}")


def _words(text: str) -> tuple[str, ...]:
    words = words_of(text)
    if not words:
        raise Invalid(
            "请填写要找的字词，不能只有标点或空格", code="no_words", path="text"
        )
    return words

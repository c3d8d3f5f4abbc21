"""Finding documents by parts of words, in a language that puts no spaces between them.

What is indexed are single characters and pairs of neighbours, which any engine can look up exactly; what they find is
then looked at itself. So both engines find the same, rare characters too, and nobody's dictionary decides.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from schemas.audiences import related
from schemas.documents import Json
from services.kit.lists.paging import sift
from services.kit.store import Views
from services.kit.views import Collection, Place, Search

BETWEEN_WORDS = "PZC"  # Unicode's punctuation, separators and controls.
MOST_GRAMS = 8
"""So many are looked up; the rest is seen in the documents found."""


def folded(text: str) -> str:
    """As it is compared: full-width and half-width, capitals and small letters are the same."""
    return unicodedata.normalize("NFKC", text).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """Each of which must be part of what is found; none where there are only spaces and punctuation."""
    plain = "".join(
        " " if unicodedata.category(char)[0] in BETWEEN_WORDS else char
        for char in folded(text)
    )
    return tuple(dict.fromkeys(plain.split()))


def grams_of(collection: Collection, doc: Json) -> frozenset[str]:
    """By which a document is found."""
    return frozenset(
        gram
        for word in folded(_text(collection, doc)).split()
        for gram in _all_grams(word)
    )


def grams_asked(words: Iterable[str]) -> list[str]:
    """Which a document must have; of a long text those of its beginning."""
    found = dict.fromkeys(gram for word in words for gram in _pairs(word) or [word])
    return list(found)[:MOST_GRAMS]


def has_words(collection: Collection, doc: Json, words: Iterable[str]) -> bool:
    """Whether all the words, folded already, are in what the collection is searched by."""
    text = folded(_text(collection, doc))
    return all(word in text for word in words)


@dataclass(frozen=True, slots=True)
class Matches:
    """The documents in which all words of a text are found, newest first, page by page."""

    views: Views
    search: Search

    def page(self, question: Json, wanted: Callable[[Json], bool]) -> Json:
        """`{items, next}` as of any list, of those that are `wanted`. `question` is a `schemas.paging.Paged`."""
        return sift(question, self._after(question["after"]), _place, wanted)

    def _after(self, place: list[str] | None) -> Iterator[Json]:
        search = replace(self.search, after=place[1] if place else None)
        while batch := self.views.search(search):
            yield from batch
            search = replace(search, after=batch[-1]["id"])


def _place(doc: Json) -> Place:
    return doc["id"], doc["id"]


def _text(collection: Collection, doc: Json) -> str:
    """What is searched of a document; between two fields nothing is found."""
    return "\n".join(_said(name, doc.get(name) or "") for name in collection.searched)


def _said(name: str, value: Any) -> str:
    """What a field says; of an audience also what contains it and what it contains."""
    text = "\n".join(map(str, value)) if isinstance(value, list) else str(value)
    if name != "audience":
        return text
    return "\n".join([text, *related(text)])


def _all_grams(word: str) -> Iterator[str]:
    yield from word
    yield from _pairs(word)


def _pairs(word: str) -> list[str]:
    return [word[at : at + 2] for at in range(len(word) - 1)]

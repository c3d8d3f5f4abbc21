"""Whom somebody may bring along, by the name their sign-up keeps; several of a kind each have their own."""

from collections.abc import Iterable
from operator import itemgetter

from schemas.activities.relations import RELATIONS_IN_WORDS
from schemas.documents import Json
from schemas.persons import called

COMPANIONS = (
    ("child-1", "child", "孩子"),
    ("child-2", "child", "第二个孩子"),
    ("elder-1", "elder", "老人"),
    ("elder-2", "elder", "第二位老人"),
    ("family-1", "family", "家人"),
)
NAMED = {name: words for name, _, words in COMPANIONS}
RELATIONS = {name: relation for name, relation, _ in COMPANIONS}


def words_of(party: Iterable[Json]) -> dict[str, str]:
    """By person, what each of a party is to who signs up, `本人` or `第二位老人`; those of one word are numbered."""
    by_word: dict[str, list[str]] = {}
    for one in sorted(party, key=itemgetter("person")):
        by_word.setdefault(_word_of(one), []).append(one["person"])
    return {
        person: word if len(persons) == 1 else f"{word}（{number}）"
        for word, persons in by_word.items()
        for number, person in enumerate(persons, 1)
    }


def words_of_all(seats: Iterable[Json]) -> dict[str, str]:
    """The same of several parties."""
    parties: dict[str, list[Json]] = {}
    for seat in seats:
        parties.setdefault(seat["signup"], []).append(seat)
    return {
        person: word
        for party in parties.values()
        for person, word in words_of(party).items()
    }


def _word_of(participant: Json) -> str:
    relation = RELATIONS_IN_WORDS[participant["relation"]]
    return NAMED.get(called(participant["person"]), relation)

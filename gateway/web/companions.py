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


def words_of(participants: Iterable[Json]) -> dict[str, str]:
    """By person, what each is to who signed them up: `本人`, `第二位老人`; of one word in a party they are numbered."""
    alike: dict[tuple[str, str], list[str]] = {}
    for one in sorted(participants, key=itemgetter("person")):
        so_called = one.get("signup", ""), _word_of(one)
        alike.setdefault(so_called, []).append(one["person"])
    return {
        person: word if len(persons) == 1 else f"{word}（{number}）"
        for (_, word), persons in alike.items()
        for number, person in enumerate(persons, 1)
    }


def _word_of(participant: Json) -> str:
    relation = RELATIONS_IN_WORDS[participant["relation"]]
    return NAMED.get(called(participant["person"]), relation)

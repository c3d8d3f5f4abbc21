"""Every list with every pair of its filters tells what a look at each document would; a new filter needs a case."""

import random
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product

import pytest

from schemas.documents import Json
from schemas.paging import Paged
from services.kit.entrypoints import Query
from services.kit.errors import Invalid
from services.kit.lists import paging
from services.kit.service import entrypoints
from services.xfh.registry import SERVICES, load
from tests.contract.engines import mongo
from tests.integration.lists.activities import ACTIVITIES, activities
from tests.integration.lists.attending import ATTENDING, attending
from tests.integration.lists.branches import BRANCHES, branches
from tests.integration.lists.case import Listed, World
from tests.integration.lists.cobuild import COBUILD, cobuild
from tests.integration.lists.grids import GRIDS, grids
from tests.integration.lists.partners import PARTNERS, partners
from tests.integration.lists.people import AUDIT, audit

WORLDS: dict[Listed, Callable[[int], World]] = {
    **dict.fromkeys(COBUILD, cobuild),
    **dict.fromkeys(PARTNERS, partners),
    **dict.fromkeys(ACTIVITIES, activities),
    **dict.fromkeys(ATTENDING, attending),
    **dict.fromkeys(BRANCHES, branches),
    **dict.fromkeys(AUDIT, audit),
    **dict.fromkeys(GRIDS, grids),
}
LISTS = tuple(WORLDS)
COUNTED = {
    "facts",
    "open_facts",
    "report_differences",
}  # Not documents: `tests/unit/metrics` adds them up anew.
IN_A_LANGUAGE = {"my_notices"}  # Its field chooses no notices.
IN_ONE_THING = {
    "door_list",
    "list_doors",
    "list_day",
    "list_ratings",
    "resident_commendations",
    "report_versions",
}  # Every field names it.
PAGES = (1, 3, 100)


@cache
def made(make: Callable[[int], World]) -> World:
    return make(7)


def world(one: Listed) -> World:
    return made(WORLDS[one])


def named(one: Listed) -> str:
    return f"{one.name} for {one.who.id}"


def questions(one: Listed, names: tuple[str, ...]) -> Iterator[Json]:
    for values in product(*(one.filters[name].values for name in names)):
        yield one.saying(dict(zip(names, values, strict=True)))


def pairs(one: Listed) -> list[tuple[str, ...]]:
    return [
        pair
        for pair in combinations(one.filters, 2)
        if frozenset(pair) not in one.not_with
    ]


def lists() -> Iterator[tuple[str, set[str]]]:
    for service in map(load, SERVICES):
        for mark in entrypoints(service):
            if isinstance(mark, Query) and issubclass(mark.schema, Paged):
                yield mark.name, set(mark.schema().fields) - set(Paged().fields)


def test_every_filter_of_every_list_with_two_has_a_case() -> None:
    tried = {one.name: set(one.filters) for one in LISTS}
    for name, filters in lists():
        if len(filters) > 1 and name not in COUNTED | IN_A_LANGUAGE | IN_ONE_THING:
            assert tried.get(name) == filters, name


@pytest.mark.parametrize("one", LISTS, ids=named)
def test_every_pair_of_filters_tells_what_a_look_at_each_document_does(
    one: Listed,
) -> None:
    luck, told = random.Random(1), 0
    for names in ((), *((name,) for name in one.filters), *pairs(one)):
        for said in questions(one, names):
            told += holds(one, said, luck.choice(PAGES))
    assert told > 0, "nothing was found by any pair: the world is too small to tell"


def holds(one: Listed, said: Json, limit: int) -> int:
    """How many are told, when they are those expected."""
    question = one.schema().load({**said, "limit": limit})
    expected = one.expected(world(one), question)
    assert list(one.told(world(one), question)) == expected, said
    return len(expected)


@pytest.mark.parametrize(
    "one", [one for one in LISTS if len(one.filters) > 2], ids=named
)
def test_any_number_of_filters_combines(one: Listed) -> None:
    luck = random.Random(2)
    for _ in range(150):
        names = luck.sample(sorted(one.filters), luck.randint(3, len(one.filters)))
        if not any(pair <= set(names) for pair in one.not_with):
            said = {name: luck.choice(one.filters[name].values) for name in names}
            holds(one, one.saying(said), luck.choice(PAGES))


@pytest.mark.parametrize(
    "one", [one for one in LISTS if len(one.filters) > 2], ids=named
)
def test_who_looks_at_few_for_a_page_finds_all_on_the_pages_that_follow(
    one: Listed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "MOST_LOOKED_AT", 3)
    for pair in pairs(one):
        holds(one, next(questions(one, pair)), 2)


@pytest.mark.parametrize(
    "make", dict.fromkeys(WORLDS.values()), ids=lambda make: make.__name__
)
def test_mongodb_tells_the_same(
    make: Callable[[int], World], request: pytest.FixtureRequest
) -> None:
    luck = random.Random(3)
    store = made(make).kept_in(
        mongo(request.getfixturevalue("mongodb"), made(make).collections)()
    )
    for one in (one for one in LISTS if WORLDS[one] is make):
        for pair in luck.sample(pairs(one), min(4, len(pairs(one)))):
            question = one.schema().load({**next(questions(one, pair)), "limit": 7})
            assert list(one.told(made(make), question, store)) == one.expected(
                made(make), question
            )
    store.close()


@pytest.mark.parametrize("one", [one for one in LISTS if one.not_with], ids=named)
def test_filters_that_exclude_one_another_are_refused_in_words(one: Listed) -> None:
    for pair in one.not_with:
        for said in questions(one, tuple(pair)):
            with pytest.raises(Invalid):
                holds(one, said, 10)

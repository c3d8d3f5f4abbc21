"""Lists of partners, each from an index."""

from itertools import combinations

import pytest

import schemas.partners as schemas
from schemas.documents import Json
from services.kit.engines.declared import by_name
from services.kit.views import Find, Reads
from services.partners import views
from services.partners.folds import partners as folds
from tests.examples import partners as examples
from tests.given import example_of
from tests.unit.partners.stage import (
    APPLIED,
    APPROVED,
    DISTRICT,
    UPDATED,
    after,
    follow,
)

OTHER = {
    "partner": "N2",
    "community": "510108016001",
    "kind": "社会组织",
    "categories": ["养老助残", "亲子教育"],
}
DOCS = follow(
    after(APPLIED, APPROVED),
    example_of(
        examples, "partner_applied.v3", **OTHER, credit_code="52510108MJX0000184"
    ),
)
FILTERS = {
    "division": "510108",
    "state": "approved",
    "kind": "社区商家",
    "category": "文化体育",
}


def listed(**question: str) -> list[Json]:
    found: list[Json] = views.list_partners(
        DOCS, schemas.ListPartners().load(question), DISTRICT
    )["items"]
    return found


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ({}, ["N1", "N2"]),
        ({"state": "applied"}, ["N2"]),
        ({"state": "applied,approved"}, ["N1", "N2"]),
        ({"state": "approved,suspended", "category": "亲子教育"}, ["N1"]),
        ({"division": "510108015"}, ["N1"]),
        ({"division": "510108016001", "state": "approved"}, []),
        ({"kind": "社会组织"}, ["N2"]),
        ({"kind": "居民骨干"}, []),
        ({"category": "亲子教育"}, ["N1", "N2"]),
        ({"category": "文化体育"}, ["N1"]),
        ({"category": "亲子教育", "division": "510108016"}, ["N2"]),
        (
            {
                "category": "亲子教育",
                "division": "510108",
                "state": "applied",
                "kind": "社会组织",
            },
            ["N2"],
        ),
        ({"category": "餐饮购物"}, []),
    ],
)
def test_partners_are_listed_by_place_state_kind_and_category(
    question: dict[str, str], ids: list[str]
) -> None:
    assert [partner["id"] for partner in listed(**question)] == ids


@pytest.mark.parametrize(
    "names", [names for n in range(5) for names in combinations(FILTERS, n)]
)
def test_every_combination_of_filters_has_an_index(names: tuple[str, ...]) -> None:
    asked: list[Find] = []

    class Watched(Reads):
        generation = 1

        def get(self, collection: str, id: str) -> None:
            return None

        def find(self, query: Find) -> list[Json]:
            asked.append(query)
            return []

        def cursor(self, source: str) -> int:
            return 0

    views.list_partners(
        Watched(),
        schemas.ListPartners().load({name: FILTERS[name] for name in names}),
        DISTRICT,
    )
    assert [find.index_in(by_name(folds.COLLECTIONS)) for find in asked]


def test_a_partner_found_by_category_is_shown_as_any_other() -> None:
    shown = {
        name: value
        for name, value in listed(category="文化体育")[0].items()
        if name in schemas.Partner().fields
    }
    assert shown == DOCS.the("partners", "N1")


def test_a_category_no_longer_served_finds_nobody() -> None:
    fewer = example_of(examples, "partner_profile_updated.v2", categories=["文化体育"])
    docs = after(APPLIED, APPROVED, UPDATED, fewer)
    question = schemas.ListPartners().load({"category": "亲子教育"})
    assert views.list_partners(docs, question, DISTRICT)["items"] == []
    again = follow(docs, UPDATED)
    assert [
        partner["id"]
        for partner in views.list_partners(again, question, DISTRICT)["items"]
    ] == ["N1"]


def test_a_list_by_category_is_paged() -> None:
    question = schemas.ListPartners().load({"category": "亲子教育", "limit": 1})
    first = views.list_partners(DOCS, question, DISTRICT)
    rest = views.list_partners(DOCS, {**question, "after": first["next"]}, DISTRICT)
    assert [partner["id"] for partner in first["items"] + rest["items"]] == ["N1", "N2"]
    assert rest["next"] is None

"""Divisions and branches as they are listed and shown."""

from schemas.branches import branches as schemas
from schemas.branches import divisions as division_schemas
from services.branches import views
from services.kit.errors import Unknown
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import asked, example_of, refused
from tests.unit.branches.ruling import ESTABLISHED, STREET, after


def divisions(docs: Overlay, **question: str) -> list[str]:
    found = views.divisions.list_divisions(
        docs, division_schemas.ListDivisions().load(question), asked()
    )
    return [division["id"] for division in found["items"]]


def test_divisions_are_listed_by_parent_and_level() -> None:
    docs = after()
    assert divisions(docs) == ["510108"]
    assert divisions(docs, parent="510108") == ["510108015", "510108016"]
    assert divisions(docs, level="community") == ["510108015001", "510108016001"]
    assert divisions(docs, level="community", parent="510108015") == ["510108015001"]
    assert divisions(docs, level="community", parent="510108") == [
        "510108015001",
        "510108016001",
    ]


def test_a_division_is_shown_to_anybody_and_an_unknown_one_is_named() -> None:
    shown_division = views.divisions.get_division(
        after(), {"division": "510108015"}, asked()
    )
    assert division_schemas.DivisionEntry().validate(shown_division) == {}
    with refused("not_found", Unknown, says="510108099"):
        views.divisions.get_division(after(), {"division": "510108099"}, asked())


def test_branches_are_listed_by_place() -> None:
    elsewhere = example_of(
        examples, "branch_established.v1", branch="B2", community="510108016001"
    )
    docs = after(*ESTABLISHED, elsewhere)

    def listed(**question: str) -> list[str]:
        found = views.branches.list_branches(
            docs, schemas.ListBranches().load(question), STREET
        )
        return [branch["id"] for branch in found["items"]]

    assert listed() == ["B1", "B2"]
    assert listed(division="510108016") == ["B2"]
    assert listed(division="510108015001") == ["B1"]

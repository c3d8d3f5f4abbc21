"""Who is secretary of a branch on a day."""

import marshmallow as ma
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from schemas import fields
from schemas.branches import branches as schemas
from schemas.documents import Json
from services.branches import views
from services.branches.rules import terms
from services.branches.service import Branches
from services.kit.errors import Refused
from tests.examples import branches as examples
from tests.given import example_of, given_from, refused
from tests.unit.branches.ruling import COMMANDS, ESTABLISHED, STREET, after, shown

APPOINTED = example_of(examples, "secretary_appointed.v1")


def complaint(schema: type[fields.Schema], payload: Json) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def test_a_secretary_is_in_office_on_the_first_and_last_day_of_the_term() -> None:
    docs = after(*ESTABLISHED, APPOINTED)
    days = ("2025-12-31", "2026-01-01", "2028-12-31", "2029-01-01")
    assert [shown(docs, day)["secretary"] for day in days] == [None, "P7", "P7", None]


def test_a_branch_is_shown_as_of_today_when_no_day_is_asked_for() -> None:
    shown_today = views.branches.get_branch(
        after(*ESTABLISHED, APPOINTED), {"branch": "B1"}, STREET
    )
    assert (shown_today["on"], shown_today["secretary"]) == ("2026-06-01", "P7")
    assert schemas.Branch().validate(shown_today) == {}


def test_a_new_term_ends_the_one_before_the_day_before() -> None:
    successor = {"person": "P8", "since": "2027-03-01", "until": "2029-02-28"}
    docs = after(*ESTABLISHED, APPOINTED)
    fact = terms.appoint_secretary(
        docs, {**COMMANDS["appoint_secretary"], **successor}, STREET
    )
    given_from(docs, Branches, "branches", fact)
    assert [shown(docs, day)["secretary"] for day in ("2027-02-28", "2027-03-01")] == [
        "P7",
        "P8",
    ]
    assert docs.the("branches", "B1")["terms"][0]["until"] == "2027-02-28"


def test_a_term_that_begins_before_the_latest_is_refused() -> None:
    with refused("before_latest_term", says="2026年1月1日"):
        command = {**COMMANDS["appoint_secretary"], "since": "2025-12-31"}
        terms.appoint_secretary(after(*ESTABLISHED, APPOINTED), command, STREET)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            {"since": "2026-06-01", "until": "2026-05-31"},
            ("until", "ends_before_start"),
        ),
        ({"since": "2026-06-01", "until": "2031-06-02"}, ("until", "term_too_long")),
        ({"since": "2028-02-29", "until": "2033-03-01"}, ("until", "term_too_long")),
        ({"since": "2026-02-29", "until": "2026-03-01"}, ("since", "bad_date")),
    ],
)
def test_impossible_terms_are_refused(days: Json, expected: tuple[str, str]) -> None:
    assert (
        complaint(schemas.AppointSecretary, {**COMMANDS["appoint_secretary"], **days})
        == expected
    )


def test_five_years_to_the_day_are_a_term() -> None:
    term = {
        **COMMANDS["appoint_secretary"],
        "since": "2026-06-01",
        "until": "2031-06-01",
    }
    assert schemas.AppointSecretary().load(term) == term


def test_a_term_from_the_first_day_there_is_breaks_nothing() -> None:
    first = example_of(
        examples, "secretary_appointed.v1", since="0001-01-01", until="0003-01-01"
    )
    again = example_of(
        examples, "secretary_appointed.v1", since="0001-01-01", until="0002-01-01"
    )
    docs = after(*ESTABLISHED, first, again)
    assert [term["until"] for term in docs.the("branches", "B1")["terms"]] == [
        "0002-01-01"
    ]


def test_a_link_that_ends_before_it_begins_is_refused() -> None:
    payload = {**COMMANDS["link_oversight"], "until": "2025-12-31"}
    assert complaint(schemas.LinkOversight, payload) == ("until", "ends_before_start")


DAYS = st.integers(1, 28).map(lambda day: f"2026-06-{day:02}")
TERMS = st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["P1", "P2", "P3"])), max_size=6)


@settings(max_examples=60, deadline=None)
@given_any(TERMS, DAYS)
def test_the_secretary_of_a_day_is_the_last_appointed_to_begin_by_then(
    told: list[tuple[str, str, str]], day: str
) -> None:
    docs, appointed = after(*ESTABLISHED), []
    for first, last, person in told:
        term = {"person": person, "since": min(first, last), "until": max(first, last)}
        try:
            fact = terms.appoint_secretary(docs, {**term, "branch": "B1"}, STREET)
        except Refused:
            continue
        given_from(docs, Branches, "branches", fact)
        appointed.append(term)
    begun = [term for term in appointed if term["since"] <= day]
    expected = begun[-1]["person"] if begun and day <= begun[-1]["until"] else None
    assert shown(docs, day)["secretary"] == expected


def test_the_terms_shown_do_not_grow_without_end() -> None:
    terms = [
        example_of(
            examples,
            "secretary_appointed.v1",
            since=f"{1950 + n}-01-01",
            until=f"{1950 + n}-12-31",
        )
        for n in range(schemas.MOST_TERMS + 5)
    ]
    assert (
        len(after(*ESTABLISHED, *terms).the("branches", "B1")["terms"])
        == schemas.MOST_TERMS
    )

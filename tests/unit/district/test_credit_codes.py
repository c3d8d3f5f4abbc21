"""Who holds a credit code, state by state."""

from services.district import credit_codes
from services.kit.views import Nothing, Overlay
from tests.given import refused

HELD = ("approved", "suspended")


def organisations(*states: str) -> Overlay:
    """One in each of these states, all with the same code."""
    docs = Overlay(Nothing())
    for state in states:
        shared = {"credit_code": "C1", "name": f"某{state}单位"}
        docs.put("units", {"id": state, "state": state, **shared})
    return docs


def test_those_with_a_code_come_in_the_order_of_the_states_asked_for() -> None:
    docs = organisations("approved", "registered", "suspended")
    having = credit_codes.having(docs, "units", "C1", ("suspended", "approved"))
    assert [unit["id"] for unit in having] == ["suspended", "approved"]
    assert list(credit_codes.having(docs, "units", "C2", HELD)) == []


def test_a_code_that_is_held_is_refused_with_the_name_of_who_holds_it() -> None:
    docs = organisations("registered", "suspended")
    with refused("duplicate_credit_code", says="某suspended单位"):
        credit_codes.must_not_be_held(docs, "units", "C1", HELD)


def test_what_only_waits_holds_no_code() -> None:
    docs = organisations("registered", "ended")
    credit_codes.must_not_be_held(docs, "units", "C1", HELD)

"""What a report says of few, and to outsiders: nothing."""

import pytest

from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.metrics.service import Metrics
from services.metrics.views import reports
from tests.examples import metrics as examples
from tests.given import asked, example_of, given_from
from tests.unit.metrics.reporting import (
    ANALYST,
    DISTRICT,
    FREEZE,
    INSIDER,
    JULY,
    MONTH,
    NAMED,
    RESTATE,
    came,
    freeze,
    later,
    nothing_yet,
    restate,
    shown,
    stage,
    told,
    value,
)


def crowd(people: int, since: int = 1) -> list[Fact]:
    return [came(f"R{number}") for number in range(since, since + people)]


def test_figures_of_few_people_are_frozen_but_shown_to_nobody_from_outside() -> None:
    docs = freeze(stage())
    assert (
        told(docs, "person_times") == told(docs, "unique_participants") == (None, True)
    )
    assert told(docs, "sessions_held") == (1, False)
    assert value(shown(docs), "person_times") == 1


def test_what_was_withheld_once_stays_so_in_later_versions() -> None:
    docs = restate(later(freeze(stage()), *crowd(30, since=2)))
    assert told(docs, "person_times") == (None, True)
    assert told(freeze(later(stage(), *crowd(30, since=2))), "person_times") == (
        31,
        False,
    )
    assert "person_times" not in {
        one["figure"] for one in reports.get_report(docs, MONTH, ANALYST)["changed"]
    }
    compared = reports.compare_report(
        later(docs, *crowd(1, since=99)), {**MONTH, "earlier": 1}, ANALYST
    )["items"]
    assert [
        (one["before"], one["after"])
        for one in compared
        if one["figure"] == "person_times"
    ] == [(None, None)]


def test_of_a_session_whose_figures_are_withheld_it_is_only_said_that_it_changed() -> (
    None
):
    docs = restate(later(freeze(stage()), came("R2")))
    question = {**MONTH, "earlier": 1, "later": 2, "limit": 20, "after": None}
    for who, numbers in ((ANALYST, (None, None)), (INSIDER, (1, 2))):
        (fact,) = reports.report_differences(docs, question, who)["items"]
        assert ("person_times", *numbers) in [
            (one["figure"], one["before"], one["after"]) for one in fact["changes"]
        ]
        assert fact == reports.get_report(docs, MONTH, who)["facts"][0]


def test_how_far_a_target_is_is_not_told_of_what_is_withheld() -> None:
    docs = stage()
    aim = example_of(
        examples,
        "target_set.v1",
        target="510108:2026-06:person_times",
        figure="person_times",
        value=100,
    )
    freeze(given_from(docs, Metrics, "metrics", aim))
    item = next(
        one
        for one in reports.get_report(docs, MONTH, ANALYST)["items"]
        if one["figure"] == "person_times"
    )
    assert (item["target"], item.keys() & {"progress", "reached"}) == (100, set())


OUTSIDERS = (
    ("resident", "*"), ("street_admin", "510108015"), ("district_admin", "510107"), ("community_worker", "510107"),
    ("district_analyst", "510107"), ("unit_liaison", "unit/U1"),
)  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDERS)
def test_an_outsider_hears_one_answer_whatever_has_been_reported_or_recorded(
    role: tuple[str, str],
) -> None:
    who = asked(role, id="P8", now=JULY)
    about = {
        "scope": DISTRICT,
        "month": MONTH,
        "earlier": 1,
        "after": None,
        "limit": 20,
    }
    heard = set()
    for docs in (
        Overlay(Nothing()),
        nothing_yet(),
        stage(),
        freeze(stage()),
        later(freeze(stage()), came("R2")),
    ):
        for rule in (FREEZE, RESTATE):
            with pytest.raises(Forbidden) as caught:
                rule(docs, {**about, "reason": "补录"}, who)
            heard.add((caught.value.code, _of_a_place(caught.value.title)))
        for query in (
            reports.get_report,
            reports.report_versions,
            reports.compare_report,
            reports.list_reports,
        ):
            with pytest.raises(Forbidden) as caught:
                query(docs, about, who)
            heard.add((caught.value.code, _of_a_place(caught.value.title)))
    assert {code for code, _ in heard} == {"out_of_scope"}
    assert len(heard) == 2, "one of commands and one of questions"


def _of_a_place(title: str) -> str:
    """What a place is called is public, and so whether it is recorded."""
    return title.replace(NAMED, f"区划 {DISTRICT} ")

"""A month's report: when it is frozen, that it stays as it was, and when it is restated."""

from datetime import UTC, datetime

import pytest

from schemas.documents import Json
from services.district.calendar import month_in_words
from services.kit.errors import Forbidden, Refused, Unknown
from services.metrics.model.lifecycles import REPORT
from services.metrics.reckoning.content import ROWS
from services.metrics.rules import reports as rules
from services.metrics.service import Metrics
from services.metrics.views import reports
from tests.examples import activities
from tests.examples import metrics as examples
from tests.given import asked, refused
from tests.unit.activities.stage import CLOSED, PUBLISHED
from tests.unit.metrics.reporting import (
    ADMIN,
    ANALYST,
    DISTRICT,
    FREEZE,
    INSIDER,
    JULY,
    MONTH,
    NAMED,
    STREET,
    came,
    freeze,
    later,
    nothing_yet,
    restate,
    shown,
    stage,
    value,
)
from tests.walk import Walk


def test_a_report_is_frozen_then_restated_and_refuses_what_its_state_does_not_allow() -> (
    None
):
    Walk(
        Metrics,
        REPORT,
        "reports",
        examples.REPORT,
        lambda: freeze(stage()),
        {
            "restate": lambda docs: rules.restate_report(
                later(docs, came(f"R{docs.seq}")), restating(), ADMIN
            )
        },
    ).try_everything()


def restating() -> Json:
    return examples.COMMANDS["restate_report"]


def test_a_report_says_what_was_counted_and_what_follows_from_it() -> None:
    report = shown(freeze(stage()))
    assert (
        value(report, "person_times"),
        value(report, "sessions_held"),
        value(report, "fill_rate"),
    ) == (1, 1, 0.2)
    assert value(report, "response_p50") is None
    of_streets = [
        (row["name"], row["figures"]["person_times"]) for row in report["divisions"]
    ]
    assert of_streets == [("南街", 1), ("东街", 0), ("西街", 0)]
    assert [row["name"] for row in report["categories"]] == [
        activities.CONTENT["category"]
    ]
    assert [row["key"] for row in report["days"] if row["figures"]["person_times"]] == [
        "2026-06-13"
    ]
    assert (report["demo"], report["changed"], report["facts"]) == (True, [], [])


def test_the_event_holds_whole_numbers_without_zeros() -> None:
    docs = stage()
    said = rules.freeze_report(docs, MONTH, ADMIN).data
    rows = [
        said["whole"],
        said["previous"],
        *(row["figures"] for name in ROWS for row in said[name]),
    ]
    assert all(
        type(number) is int and number
        for figures in rows
        for number in figures.values()
    )
    assert said["as_of"].keys() == Metrics.folds.keys()


def test_a_version_stays_as_it_was_and_the_next_says_what_it_changed_and_why() -> None:
    docs = freeze(stage())
    first = shown(docs)
    restate(later(docs, came("R2"), came("R3")))
    assert {**shown(docs, version=1), "latest": 1, "versions": []} == {
        **first,
        "versions": [],
    }
    second = shown(docs)
    assert (second["version"], second["latest"], second["reason"]) == (
        2,
        2,
        examples.REASON,
    )
    changed = {
        one["figure"]: (one["before"], one["after"]) for one in second["changed"]
    }
    assert changed["person_times"] == changed["unique_participants"] == (1, 3)
    assert changed["fill_rate"] == (0.2, 0.6)
    assert [(one["version"], bool(one["changed"])) for one in second["versions"]] == [
        (2, True),
        (1, False),
    ]


def test_a_day_not_closed_is_said_and_closed_late_says_so() -> None:
    docs = freeze(later(nothing_yet(), PUBLISHED, came("R1")))
    assert shown(docs)["open_days"] == ["2026-06-13"]
    restate(later(docs, CLOSED))
    assert shown(docs)["open_days"] == []
    changed = {
        one["figure"]: (one["before"], one["after"]) for one in shown(docs)["changed"]
    }
    assert (changed["open_sessions"], changed["sessions_held"]) == ((1, 0), (0, 1))


@pytest.mark.parametrize(
    ("now", "code"),
    [
        (datetime(2026, 6, 30, 15, 59, tzinfo=UTC), "month_not_over"),
        (datetime(2026, 6, 30, 16, 59, tzinfo=UTC), "month_not_over"),
        (datetime(2026, 6, 30, 17, 0, tzinfo=UTC), ""),
    ],
)
def test_a_month_is_over_an_hour_after_its_last_day_in_china(
    now: datetime, code: str
) -> None:
    who = asked(("district_admin", DISTRICT), now=now)
    if not code:
        assert FREEZE(stage(), MONTH, who)
        return
    with refused(code, Refused, "7月1日 周三 1:00"):
        FREEZE(stage(), MONTH, who)


@pytest.mark.parametrize("month", ["2026-07", "2999-12"])
def test_a_month_to_come_has_no_report(month: str) -> None:
    with refused("month_not_over", Refused, month_in_words(month)):
        freeze(stage(), month=month)


@pytest.mark.parametrize("month", ["2026-05", "1000-01"])
def test_a_month_in_which_nothing_was_counted_has_no_report(month: str) -> None:
    with refused("nothing_to_report", Refused, month_in_words(month)):
        freeze(stage(), month=month)


def test_a_report_is_frozen_once() -> None:
    with refused("already_frozen", Refused, "2026年6月"):
        freeze(freeze(stage()))


def test_what_has_not_changed_is_not_restated() -> None:
    docs = freeze(stage())
    with refused("nothing_to_restate", Refused, "第 1 版"):
        restate(docs)
    restate(later(docs, came("R2")))
    with refused("nothing_to_restate", Refused, "第 2 版"):
        restate(docs)


def test_what_was_never_frozen_is_not_restated() -> None:
    with refused("not_frozen", Unknown):
        restate(stage())


@pytest.mark.parametrize(
    "role", [("district_admin", "510109"), ("street_admin", STREET)]
)
def test_only_who_administers_the_whole_scope_freezes_and_restates(
    role: tuple[str, str],
) -> None:
    with refused("out_of_scope", Forbidden, NAMED):
        freeze(stage(), asked(role, now=JULY))
    with refused("out_of_scope", Forbidden, NAMED):
        restate(freeze(stage()), asked(role, now=JULY))


def test_a_street_has_reports_of_its_own() -> None:
    docs = freeze(stage(), asked(("street_admin", STREET), now=JULY), scope=STREET)
    report = reports.get_report(docs, {**MONTH, "scope": STREET}, INSIDER)
    assert [
        (row["name"], row["figures"]["person_times"]) for row in report["divisions"]
    ] == [("望平社区", 1)]


def test_a_place_nobody_has_recorded_has_no_report() -> None:
    with refused("unknown_division", Refused, "510108099"):
        freeze(stage(), scope="510108099")
    with refused("not_found", Unknown, "510108099"):
        reports.get_report(stage(), {**MONTH, "scope": "510108099"}, ANALYST)

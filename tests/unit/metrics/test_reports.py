"""A month's report: when it is frozen, that it stays as it was, and when it is restated."""

from datetime import UTC, datetime

import pytest

from schemas.documents import Json
from services.district.calendar import month_in_words
from services.kit.entrypoints import Asked
from services.kit.errors import Contended, Forbidden, Refused, Unauthenticated, Unknown
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.metrics.model.lifecycles import REPORT
from services.metrics.reckoning.content import ROWS
from services.metrics.rules import reports as rules
from services.metrics.service import Metrics
from services.metrics.views import report_links, reports
from tests.examples import activities
from tests.examples import metrics as examples
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import (
    DIVISIONS,
    asked,
    division,
    example_of,
    given_from,
    marked,
    refused,
)
from tests.unit.activities.stage import CLOSED, PUBLISHED
from tests.walk import Walk

DISTRICT, STREET, COMMUNITY = "510108", "510108002", "510108002001"
JULY = datetime(2026, 7, 2, 1, tzinfo=UTC)
ADMIN = asked(("district_admin", DISTRICT), id="P9", now=JULY)
ANALYST = asked(("district_analyst", DISTRICT), id="P2", now=JULY)
INSIDER = asked(
    ("community_worker", DISTRICT), id="P3", now=JULY
)  # Who works in all communities sees the few as well.
NAMED = "“甲区”"
MONTH = examples.MONTH
OTHERS = (
    division(STREET, "南街", "street", DISTRICT),
    division(COMMUNITY, "望平社区", "community", STREET),
)
KEY = b"report key of the tests"
FREEZE, RESTATE = (
    marked(Metrics, name) for name in ("freeze_report", "restate_report")
)


def came(person: str) -> Fact:
    return example_of(
        activities, "checked_in.v1", person=person, activity=ACTIVITY, session=SESSION
    )


class Heard(Nothing):
    """What is under documents that reflect all that was told so far."""

    docs: Overlay

    def cursor(self, source: str) -> int:
        return self.docs.seq


def nothing_yet() -> Overlay:
    under = Heard()
    under.docs = Overlay(under)
    return given_from(under.docs, Metrics, "branches", *DIVISIONS, *OTHERS)


def stage(*more: Fact) -> Overlay:
    """One came in June to a session that has been closed."""
    return later(nothing_yet(), PUBLISHED, came("R1"), CLOSED, *more)


def later(docs: Overlay, *facts: Fact, now: datetime = JULY) -> Overlay:
    return given_from(docs, Metrics, "activities", *facts, now=now)


def freeze(docs: Overlay, who: Asked = ADMIN, **changes: str) -> Overlay:
    return given_from(
        docs,
        Metrics,
        "metrics",
        FREEZE(docs, {**MONTH, **changes}, who),
        now=JULY,
    )


def restate(docs: Overlay, who: Asked = ADMIN, **changes: str) -> Overlay:
    said = {**examples.COMMANDS["restate_report"], **changes}
    return given_from(docs, Metrics, "metrics", RESTATE(docs, said, who), now=JULY)


def shown(docs: Overlay, **more: int) -> Json:
    return reports.get_report(docs, {**MONTH, **more}, INSIDER)


def value(report: Json, figure: str) -> object:
    return next(item["value"] for item in report["items"] if item["figure"] == figure)


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


def test_a_version_that_is_not_there_is_said_so() -> None:
    docs = freeze(stage())
    with refused("no_such_version", Unknown, "最新是第 1 版"):
        shown(docs, version=2)
    with refused("no_such_version", Unknown):
        reports.compare_report(docs, {**MONTH, "earlier": 1, "later": 2}, ANALYST)
    with refused("not_frozen", Unknown):
        reports.get_report(docs, {**MONTH, "month": "2026-05"}, ANALYST)


def test_a_version_stands_beside_how_things_are_now() -> None:
    docs = later(freeze(stage()), came("R2"))
    told = {
        one["figure"]: one
        for one in reports.compare_report(docs, {**MONTH, "earlier": 1}, INSIDER)[
            "items"
        ]
    }
    assert (told["person_times"]["before"], told["person_times"]["after"]) == (1, 2)
    assert told["person_times"]["explained_by"] == ["person_times"]
    assert told["unique_participants"]["explained_by"] == ["person_times"]
    assert "不是它们的和" in told["unique_participants"]["note"]


def test_a_figure_defined_since_is_not_said_to_have_been_zero() -> None:
    docs = freeze(stage())
    version = docs.the("report_versions", f"{examples.REPORT}:00001")
    known = [one for one in version["definitions"] if one["identifier"] != "closures"]
    docs.put("report_versions", {**version, "definitions": known})
    assert "closures" not in {item["figure"] for item in shown(docs)["items"]}
    compared = reports.compare_report(docs, {**MONTH, "earlier": 1}, INSIDER)
    assert "closures" not in {item["figure"] for item in compared["items"]}


def test_who_does_not_read_the_figures_of_a_scope_reads_no_report_of_it() -> None:
    question = {**MONTH, "limit": 20, "after": None, "earlier": 1}
    stranger = asked(("district_analyst", "510109"), ("community_worker", COMMUNITY))
    for ask in (
        reports.get_report, reports.list_reports, reports.report_versions, reports.compare_report,
        reports.report_differences, lambda docs, question, who: reports.report_link(docs, question, who, KEY),
    ):  # fmt: skip
        with refused("out_of_scope", Forbidden):
            ask(freeze(stage()), question, stranger)


def test_a_link_opens_one_report_for_a_working_day() -> None:
    docs = freeze(stage())
    link = reports.report_link(docs, MONTH, ANALYST, KEY)
    assert link["until"] == "2026-07-02T09:00:00.000Z"
    key = link["path"].rpartition("key=")[2]
    nobody = asked(now=datetime(2026, 7, 2, 9, tzinfo=UTC))
    assert reports.open_report(docs, {"key": key}, nobody, KEY) == reports.get_report(
        docs, MONTH, ANALYST
    )
    with refused("link_expired", Unauthenticated):
        reports.open_report(
            docs, {"key": key}, asked(now=datetime(2026, 7, 2, 9, 1, tzinfo=UTC)), KEY
        )
    for forged in (
        f"{key}A",
        key.replace(key[0], "A", 1),
        "A1",
        report_links.link("510108", "2026-06", b"other", JULY)["path"],
    ):
        with refused("bad_link", Unauthenticated):
            reports.open_report(docs, {"key": forged}, nobody, KEY)


class Moving:
    """Documents whose cursor has moved whenever one looks again."""

    generation = 1

    def __init__(self, under: Overlay):
        self._under, self._looked = under, 0
        self.get, self.find = under.get, under.find

    def cursor(self, source: str) -> int:
        self._looked += 1
        return self._looked


def test_what_moves_all_the_time_is_not_frozen() -> None:
    with refused("contended", Contended):
        rules.freeze_report(Moving(stage()), MONTH, ADMIN)  # type: ignore[arg-type]


def crowd(people: int, since: int = 1) -> list[Fact]:
    return [came(f"R{number}") for number in range(since, since + people)]


def told(docs: Overlay, figure: str, **more: int) -> tuple[object, bool]:
    """What a reader from outside is told of a figure of the scope, and of its street."""
    report = reports.get_report(docs, {**MONTH, **more}, ANALYST)
    item = next(item for item in report["items"] if item["figure"] == figure)
    (row,) = (row for row in report["divisions"] if row["key"] == STREET)
    assert (row["figures"][figure] is None) == (figure in row["withheld"])
    return item["value"], "value" in item["withheld"]


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

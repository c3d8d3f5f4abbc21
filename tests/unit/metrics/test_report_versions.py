"""Versions of a report: which there are, how they stand beside each other, and who reads them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from schemas.documents import Json
from services.kit.errors import Contended, Forbidden, Unauthenticated, Unknown
from services.kit.views import Find, Overlay, Reads, Seen
from services.metrics.rules import reports as rules
from services.metrics.views import report_links, reports
from tests.examples import metrics as examples
from tests.given import asked, refused
from tests.unit.metrics.reporting import (
    ADMIN,
    ANALYST,
    COMMUNITY,
    INSIDER,
    JULY,
    MONTH,
    came,
    freeze,
    later,
    shown,
    stage,
)

KEY = b"report key of the tests"


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


class Arriving(Reads):
    """Documents to which something comes when so many have been read of them."""

    def __init__(self, under: Overlay, after: int, comes: Callable[[], object]):
        self._under, self._left, self._comes = under, after, comes

    @property
    def generation(self) -> int:
        return self._under.generation

    def get(self, collection: str, id: str) -> Json | None:
        self._read()
        return self._under.get(collection, id)

    def find(self, query: Find) -> list[Json]:
        self._read()
        return self._under.find(query)

    def cursor(self, source: str) -> int:
        return self._under.cursor(source)

    def _read(self) -> None:
        self._left -= 1
        if not self._left:
            self._comes()


@pytest.mark.parametrize("after", range(1, 60, 3))
def test_what_comes_while_a_report_is_frozen_is_in_all_of_it(after: int) -> None:
    """A turn reads each thing once; but not of one moment what belongs to another."""
    docs = stage()
    arriving = Arriving(docs, after, lambda: later(docs, came("R2")))
    frozen = rules.freeze_report(Overlay(Seen(arriving)), MONTH, ADMIN)
    assert frozen.data == rules.freeze_report(docs, MONTH, ADMIN).data

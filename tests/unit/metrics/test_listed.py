"""The hosts and units of a report: those that did most are named, the rest adds up, and nothing tells of few people."""

from dataclasses import replace

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.views import Overlay, Reads
from services.metrics.folds.cells import ACTIVITIES, NEEDS
from services.metrics.reckoning.content import OUTSIDER, content
from services.metrics.reckoning.listings import LISTINGS, MOST_NAMED, REST, rows
from services.metrics.reckoning.withholding import Withholding
from services.metrics.rules.reports import freeze_report, restate_report
from services.metrics.service import Metrics
from services.metrics.views import figures, reports
from services.metrics.views.versions import Version
from services.xfh.reconcile import Cells, differences
from services.xfh.reconcile import reports as reconciled
from tests.given import DIVISIONS, asked, given, given_from, refused
from tests.unit.metrics.reporting import (
    ADMIN,
    ANALYST,
    DISTRICT,
    INSIDER,
    MONTH,
    freeze,
    stage,
)
from tests.unit.metrics.test_withholding import SEEDS, SHAPES
from tests.unit.metrics.worlds import HOSTS, Held, Lived, drawn

JUNE = "2026-06"
COMMUNITY, DAY = "510108001001", "2026-06-13"
MANY = MOST_NAMED + 3
READER = asked(("district_analyst", DISTRICT))


def busy(hosts: int) -> list[Held]:
    """Of every two hosts the second has a session more, and ten come to each."""
    people = [f"R{number}" for number in range(10)]
    return [
        Held(COMMUNITY, DAY, "文体", people, hosts=[f"unit/U{host:02}"])
        for host in range(hosts)
        for _ in range(1 + host % 2)
    ]


def listed(docs: Reads, name: str = "hosts", named: int = MOST_NAMED) -> list[Json]:
    return rows(
        docs,
        Withholding(docs, OUTSIDER),
        DISTRICT,
        JUNE,
        LISTINGS[name]._replace(named=named),
    )


def test_the_busiest_hosts_are_named_by_their_codes_and_the_others_are_one_row() -> (
    None
):
    told = listed(Lived(busy(MANY)))
    keys = [row["key"] for row in told]
    idle = [f"unit/U{host:02}" for host in (18, 20, 22)]
    assert keys == [
        *(f"unit/U{host:02}" for host in range(MANY) if f"unit/U{host:02}" not in idle),
        REST,
    ]
    assert told[-1]["name"] == "其余 3 个"
    assert told[-1]["figures"] == {
        "sessions_held": 3,
        "capacity": 150,
        "person_times": 30,
    }
    assert not any(row["withheld"] for row in told)


def test_the_rows_add_up_to_those_of_all_hosts() -> None:
    docs = Lived(busy(MANY))
    every = figures.breakdown(
        docs, {"scope": DISTRICT, "period": JUNE, "by": "host"}, READER
    )["rows"]
    assert len(every) == MANY
    for name in LISTINGS["hosts"].figures:
        assert sum(row["figures"].get(name, 0) for row in listed(docs)) == sum(
            row["figures"][name] for row in every
        )


def test_as_many_as_are_named_leave_no_rest() -> None:
    assert [row["key"] for row in listed(Lived(busy(MOST_NAMED)))][-1] != REST


@pytest.mark.parametrize("seed", SEEDS)
def test_a_report_tells_of_hosts_only_what_the_breakdown_by_host_tells(
    seed: int,
) -> None:
    docs = Lived(drawn(SHAPES[seed % len(SHAPES)], seed))
    every = figures.breakdown(
        docs, {"scope": DISTRICT, "period": JUNE, "by": "host"}, READER
    )["rows"]
    withheld = {row["key"] for row in every if "person_times" in row["withheld"]}
    told = {
        row["key"]
        for row in listed(docs, named=1)
        if "person_times" not in row["withheld"]
    }
    assert not told & withheld
    assert not (withheld and told), "what is told of some would tell of the rest"


def test_in_these_worlds_hosts_are_told_and_withheld() -> None:
    told = [listed(Lived(drawn(SHAPES[seed % len(SHAPES)], seed))) for seed in SEEDS]
    assert any(rows and rows[0]["withheld"] for rows in told)
    assert not listed(Lived(busy(2)))[0]["withheld"]


def test_one_session_of_few_hides_the_people_of_all_hosts_but_not_what_they_held() -> (
    None
):
    few = Held(COMMUNITY, DAY, "文体", ["R1", "R2"], hosts=[HOSTS[1]])
    told = listed(Lived([*busy(MANY), few]))
    assert [row["withheld"] for row in told] == [["person_times"]] * len(told)
    assert all(row["figures"]["sessions_held"] for row in told)


def test_what_a_version_withheld_of_hosts_is_withheld_of_all_in_the_next() -> None:
    few = Held(COMMUNITY, DAY, "文体", ["R1", "R2"], hosts=[HOSTS[1]])
    before = content(Lived([*busy(3), few]), DISTRICT, JUNE)
    now = content(Lived(busy(MANY)), DISTRICT, JUNE, before)
    assert not content(Lived(busy(MANY)), DISTRICT, JUNE)["hosts"][0]["withheld"]
    assert [row["withheld"] for row in now["hosts"]] == [["person_times"]] * len(
        now["hosts"]
    )


def counted(docs: Overlay, unit: str, **figures: int) -> None:
    id = f"{DISTRICT}:{JUNE}:unit:{unit}"
    none = dict.fromkeys(LISTINGS["units"].figures, 0)
    docs.put(NEEDS, {"id": id, "value": unit, **none, **figures})


def test_units_are_named_by_what_they_completed_and_a_rate_follows_for_the_rest_too() -> (
    None
):
    docs = given_from(given(Metrics), Metrics, "branches", *DIVISIONS)
    counted(docs, "U1", commitments_due=2, commitments_open=1)
    counted(docs, "U2", commitments_due=2, commitments_fulfilled=1, fulfilments=3)
    counted(docs, "U3", commitments_due=2, commitments_fulfilled=1, fulfilments=1)
    counted(docs, "U4")
    told = listed(docs, "units", named=1)
    rest = {
        "commitments_due": 4,
        "commitments_fulfilled": 1,
        "commitments_open": 1,
        "fulfilments": 1,
    }
    assert [(row["key"], row["name"]) for row in told] == [
        ("U2", "unit/U2"),
        (REST, "其余 2 个"),
    ]
    assert told[-1]["figures"] == rest
    said = {**content(docs, DISTRICT, JUNE), "units": told}
    shown = Version(said, OUTSIDER).rows("units")
    assert shown[-1]["figures"] == {**rest, "fulfilment_rate": 0.25}


def said(docs: Reads) -> Json:
    return {
        **content(docs, DISTRICT, JUNE),
        "report": f"{DISTRICT}:{JUNE}",
        "version": 1,
    }


def cells_of(docs: Lived) -> Cells:
    """Of hosts alone."""
    start = f"{DISTRICT}:{JUNE}:host:"
    hosts = (
        (f"{start}{host}", docs.get(ACTIVITIES, f"{start}{host}"))
        for host in (f"unit/U{n:02}" for n in range(MANY))
    )
    return {
        id: {name: cell[name] for name in LISTINGS["hosts"].figures}
        for id, cell in hosts
        if cell
    }


def test_who_is_named_and_what_the_rest_adds_up_to_is_recomputed() -> None:
    docs = Lived(busy(MANY))
    report, cells = said(docs), cells_of(docs)

    def found(hosts: list[Json]) -> set[str]:
        other = {**report, "hosts": hosts}
        differing = differences(
            reconciled.said(other), reconciled.recomputed(other, cells)
        )
        return {
            one.cell.rpartition(":")[2] for one in differing if ":host:" in one.cell
        }

    *named, rest = report["hosts"]
    assert found(report["hosts"]) == set()
    assert found([*named, {**rest, "figures": {**rest["figures"], "capacity": 1}}]) == {
        REST
    }
    assert found([*named[1:], rest]) == {named[0]["key"]}
    idle = {**named[0], "key": "unit/U18"}
    assert found([idle, *named[1:], rest]) == {named[0]["key"], "unit/U18"}


def old(docs: Overlay) -> Overlay:
    """A report from before hosts and units were named."""
    fact = freeze_report(docs, MONTH, ADMIN)
    data = {name: value for name, value in fact.data.items() if name not in LISTINGS}
    return given_from(docs, Metrics, "metrics", replace(fact, data=data))


def test_a_report_from_before_shows_without_hosts_and_says_the_same_as_one_with_them() -> (
    None
):
    docs = old(stage())
    shown = reports.get_report(docs, MONTH, INSIDER)
    assert not LISTINGS.keys() & shown.keys()
    with refused("nothing_to_restate"):
        restate_report(docs, {**MONTH, "reason": "再看一遍"}, ADMIN)


@pytest.mark.parametrize(("who", "people"), [(INSIDER, 1), (ANALYST, None)])
def test_a_report_shows_its_hosts_to_each_as_they_may_see_them(
    who: Asked, people: int | None
) -> None:
    (host,) = reports.get_report(freeze(stage()), MONTH, who)["hosts"]
    assert (host["figures"]["sessions_held"], host["figures"]["person_times"]) == (
        1,
        people,
    )
    assert host["figures"].keys() == set(LISTINGS["hosts"].figures)

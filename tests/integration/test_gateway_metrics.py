"""The district's figures through HTTP: beside others, over time, beside their targets, and down to their facts."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from schemas.fields import instant
from schemas.metrics.definitions import BY_IDENTIFIER, IDENTIFIERS
from services.district.calendar import local_day
from services.kit.config import Settings
from services.metrics.model.periods import days_of
from services.metrics.reckoning.looks import STANDS
from services.xfh.commands.reconcile import compare
from tests.clocks import wait_until
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

PEOPLE = [f"R{number}" for number in range(1, 7)]
NOW = datetime(2026, 6, 9, 2, tzinfo=UTC)
STARTS = NOW + timedelta(minutes=10)
TODAY = local_day(NOW)
HOST = f"community/{COMMUNITY}"
POSTING = {
    "title": "包粽子", "category": "邻里节庆", "community": COMMUNITY, "place": "广场", "capacity": 8,
    "starts_at": instant(STARTS), "ends_at": instant(STARTS + timedelta(hours=2)), "host": HOST,
    "campaign": "我们的节日",
}  # fmt: skip
NEED = {
    "category": "零距离安全",
    "audience": "老人",
    "urgency": "urgent",
    "community": COMMUNITY,
    "words": "电线",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gateway")


@pytest.fixture(scope="module")
def front(folder: Path) -> Iterator[Gateway]:
    step_to(folder, NOW)
    with gateway(folder) as made:
        _happen(made)
        step_to(
            folder, NOW + 5 * STANDS
        )  # What was withheld while people came is looked at anew.
        yield made


def step_to(folder: Path, moment: datetime) -> None:
    (folder / "clock").write_text(str((moment - datetime.now(UTC)).total_seconds()))


def _happen(front: Gateway) -> None:
    """Six attend an activity that a unit co-hosts, and one need is raised, claimed, fulfilled and confirmed."""
    admin, worker = (
        front.token("A1", ("district_admin", DISTRICT)),
        front.token("W1", ("community_worker", COMMUNITY)),
    )
    unit = front.done(
        "/units", front.token("L1", ("unit_liaison", DISTRICT)), name="电力服务队", industry="电力", members=20,
        contact_role="队长", credit_code="91510108MA6TE5T178", community=COMMUNITY,
    )["id"]  # fmt: skip
    front.done(f"/units/{unit}/approve", admin)
    front.done(
        "/campaigns",
        admin,
        campaign="我们的节日",
        division=DISTRICT,
        since="2026-01-01",
        until="2026-12-31",
    )
    activity = front.done("/activities", worker, **POSTING, cohosts=[f"unit/{unit}"])[
        "id"
    ]
    for step in ("publish", "open"):
        front.done(f"/activities/{activity}/{step}", worker)
    for person in PEOPLE:
        resident = front.token(person, ("resident", DISTRICT))
        front.done(
            f"/activities/{activity}/signups", resident, party=[{"person": person}]
        )
    front.done(f"/activities/{activity}/start", worker)
    for person in PEOPLE:
        front.done(f"/activities/{activity}/checkins", worker, person=person)
    need = front.done("/needs", resident, **NEED)["id"]
    front.done(f"/needs/{need}/verify", worker, title="线路检查", urgency="urgent")
    liaison = front.token("L1", ("unit_liaison", f"unit/{unit}"))
    commitment = front.done(f"/needs/{need}/claim", liaison, unit=unit, due=TODAY)["id"]
    front.done(f"/commitments/{commitment}/fulfil", liaison, words="换好了", served=1)
    front.done(f"/needs/{need}/confirm", resident, score=5)
    _catch_up(front)


def _catch_up(front: Gateway) -> None:
    def caught_up() -> bool:
        shown = ask(front, f"figures?scope={DISTRICT}&period={TODAY[:4]}")["figures"]
        return bool(shown["closures"]) and shown["person_times"] == len(PEOPLE)

    wait_until(caught_up)


def ask(front: Gateway, path: str, *role: str) -> Any:
    token = front.token(
        "P1", *((name, DISTRICT) for name in role or ("district_analyst",))
    )
    answer = front.get(f"/metrics/{path}", token)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def test_every_figure_has_a_definition_and_a_value(front: Gateway) -> None:
    shown = ask(front, f"figures?scope={DISTRICT}&period={TODAY}")
    assert shown["figures"].keys() == set(IDENTIFIERS)
    assert {item["identifier"] for item in shown["definitions"]} == set(IDENTIFIERS)
    assert shown["definitions"] == ask(front, "definitions")["items"]
    assert shown["as_of"].keys() == {
        "activities",
        "branches",
        "cobuild",
        "grids",
        "metrics",
        "partners",
    }
    rates = (
        "claim_rate",
        "closure_rate",
        "fulfilment_rate",
        "coverage",
        "need_satisfaction",
    )
    assert [shown["figures"][rate] for rate in rates] == [1.0] * len(rates)


def test_i7_every_cell_equals_a_recomputation_from_the_logs(
    front: Gateway, folder: Path
) -> None:
    found = compare(Settings(data=folder, store=f"sqlite:{folder}"))
    assert (found.events > 10, found.cells > 50, found.differences) == (True, True, [])


def test_a_day_that_is_not_closed_says_so(front: Gateway) -> None:
    assert (
        ask(front, f"figures?scope={DISTRICT}&period={TODAY}")["figures"][
            "open_sessions"
        ]
        == 1
    )


@pytest.mark.parametrize(
    "by", ["division", "category", "need_category", "campaign", "host", "unit", "time"]
)
def test_every_breakdown_says_what_its_rows_add_up_to(front: Gateway, by: str) -> None:
    shown = ask(front, f"breakdown?scope={DISTRICT}&period={TODAY[:7]}&by={by}")
    assert "相加" in shown["note"]
    assert shown["rows"]


def test_a_co_hosted_session_counts_once_for_the_district_and_once_for_each_host(
    front: Gateway,
) -> None:
    shown = ask(front, f"breakdown?scope={DISTRICT}&period={TODAY}&by=host")
    assert [row["figures"]["person_times"] for row in shown["rows"]] == [6, 6]
    assert {row["name"] for row in shown["rows"]} == {"望平社区", "电力服务队"}
    assert shown["figures"]["person_times"] == 6


def test_a_figure_stands_beside_its_target(front: Gateway) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    month = TODAY[:7]
    told = {"scope": DISTRICT, "period": month, "figure": "claim_rate", "value": 8000}
    assert front.done("/metrics/targets", admin, **told)["name"] == "认领率"
    shown = ask(front, f"comparison?scope={DISTRICT}&period={month}")
    beside = {item["figure"]: item for item in shown["items"]}
    assert beside.keys() == BY_IDENTIFIER.keys()
    claimed = beside["claim_rate"]
    assert (claimed["target"], claimed["progress"], claimed["reached"]) == (
        0.8,
        1.25,
        True,
    )
    assert (claimed["value"], claimed["previous"], claimed["last_year"]) == (
        1.0,
        None,
        None,
    )
    assert [
        item["value"] for item in ask(front, f"targets?scope={DISTRICT}")["items"]
    ] == [8000]


@pytest.mark.parametrize(
    ("figure", "value"), [("closures", 1), ("active_units", 1), ("coverage", 1.0)]
)
def test_a_figure_over_time(front: Gateway, figure: str, value: float) -> None:
    before = local_day(NOW - timedelta(days=2))
    shown = ask(
        front,
        f"series?scope={DISTRICT}&figure={figure}&from={before}&to={TODAY}&step=day",
    )
    assert [point["period"] for point in shown["points"]][-1] == TODAY
    assert [point["value"] for point in shown["points"]] == [0, 0, value]
    monthly = ask(
        front,
        f"series?scope={DISTRICT}&figure={figure}&from={TODAY}&to={TODAY}&step=month",
    )
    assert [point["period"] for point in monthly["points"]] == [TODAY[:7]]


def test_any_days_can_be_asked_for(front: Gateway) -> None:
    told = ask(front, f"span?scope={DISTRICT}&from={TODAY[:4]}-01-01&to={TODAY}")
    assert (
        told["figures"]["person_times"],
        told["figures"]["unique_participants"],
    ) == (6, None)
    answer = front.get(
        f"/metrics/span?scope={DISTRICT}&from=2024-01-01&to={TODAY}",
        front.token("P1", ("district_analyst", DISTRICT)),
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "span_too_long")


def test_any_days_of_a_campaign_can_be_asked_for_and_had_as_a_table(
    front: Gateway,
) -> None:
    asked = f"scope={DISTRICT}&from=2026-06-08&to=2026-06-14&campaign=我们的节日"
    told = ask(front, f"span?{asked}")
    assert (told["figures"]["person_times"], told["name"]) == (6, "成华区")
    figures = {row[1]: row[2] for row in table(front, f"span.csv?{asked}")}
    assert (figures["person_times"], "needs_received" in figures) == ("6", False)
    token = front.token("P1", ("district_analyst", DISTRICT))
    answer = front.get(f"/metrics/span?{asked[:-1]}", token)
    assert (answer.status_code, "我们的节" in answer.get_json()["title"]) == (404, True)


def test_what_a_unit_has_done_is_told_to_itself_and_to_officials_and_is_a_table(
    front: Gateway,
) -> None:
    unit = ask(front, f"breakdown?scope={DISTRICT}&period={TODAY}&by=unit")["rows"][0][
        "key"
    ]
    done = {
        "people_served": 6,
        "fulfilments": 1,
        "needs_met": 1,
        "people_helped": 1,
        "sessions_hosted": 0,
    }
    liaison, analyst = ("unit_liaison", f"unit/{unit}"), ("district_analyst", DISTRICT)
    for role in (liaison, analyst):
        answer = front.get(
            f"/metrics/units/{unit}?period={TODAY[:4]}", front.token("L1", role)
        ).get_json()
        assert (answer["name"], answer["community_name"]) == ("电力服务队", "望平社区")
        assert done.items() <= answer["figures"].items()
    figures = {
        row[1]: row[2]
        for row in table(front, f"unit.csv?unit={unit}&from={TODAY}&to={TODAY}")
    }
    assert (figures["people_served"], figures["needs_met"]) == ("6", "1")


@pytest.mark.parametrize("figure", ["person_times", "unique_participants"])
def test_only_a_community_worker_sees_who_it_was(front: Gateway, figure: str) -> None:
    path = f"facts?scope={COMMUNITY}&period={TODAY}&figure={figure}"
    assert [fact.get("person") for fact in ask(front, path)["items"]] == [None]
    worker = front.token("W1", ("community_worker", COMMUNITY))
    assert [
        fact["person"]
        for fact in front.get(f"/metrics/{path}", worker).get_json()["items"]
    ] == PEOPLE


@pytest.mark.parametrize("figure", IDENTIFIERS)
def test_the_facts_of_a_figure_are_a_table(front: Gateway, figure: str) -> None:
    told = f"facts?scope={COMMUNITY}&period={TODAY[:7]}&figure={figure}"
    heading, *rows = table(front, told.replace("facts", "facts.csv", 1))
    assert heading == [
        "事实",
        "是什么",
        "名称",
        "计入哪天",
        "社区",
        "社区代码",
        "居民编号",
        "计入多少",
        "分母计入多少",
    ]
    shown = ask(front, f"{told}&limit=100")
    assert shown["next"] is None
    names = ("fact", "title", "day", "community", "contribution", "whole")
    asked = [
        [str(one[name]) if one.get(name) is not None else "" for name in names]
        for one in shown["items"]
    ]
    assert [[row[0], row[2], row[3], row[5], row[7], row[8]] for row in rows] == asked


def test_a_comparison_is_a_table(front: Gateway) -> None:
    heading, *rows = table(front, f"comparison.csv?scope={DISTRICT}&period={TODAY[:7]}")
    beside = (
        ["上一时段（截至同日）", "去年同期（截至同日）"]
        if is_under_way(TODAY)
        else ["上一时段", "去年同期"]
    )
    assert heading == ["数字", "本时段", *beside, "目标", "单位", "说明"]
    shown = ask(front, f"comparison?scope={DISTRICT}&period={TODAY[:7]}")["items"]
    assert [row[0] for row in rows] == [one["name"] for one in shown]
    assert {(row[2], row[3]) for row in rows} == {("", "")}, (
        "nothing happened before: no zeros"
    )
    told = {row[0]: row[1] for row in rows}
    assert (told["人次"], told[BY_IDENTIFIER["closure_rate"].name]) == ("6", "100.00%")


def is_under_way(day: str) -> bool:
    return days_of(day[:7])[1] != day


def test_a_figure_over_time_is_a_table(front: Gateway) -> None:
    about = (
        f"scope={DISTRICT}&figure=closure_rate&from={TODAY[:7]}-01&to={TODAY}&step=day"
    )
    heading, *rows = table(front, f"series.csv?{about}")
    assert heading == ["时段", BY_IDENTIFIER["closure_rate"].name]
    shown = ask(front, f"series?{about}")["points"]
    assert [row[0] for row in rows] == [point["period"] for point in shown]
    assert rows[-1] == [TODAY, "100.00%"]


def table(front: Gateway, path: str) -> list[list[str]]:
    """The CSV at `path`, which can be had as a workbook as well."""
    analyst = front.token("P1", ("district_analyst", DISTRICT))
    workbook = front.get(f"/lists/{path.replace('.csv', '.xlsx', 1)}", analyst)
    assert (workbook.status_code, workbook.data[:2]) == (200, b"PK")
    answer = front.get(f"/lists/{path}", analyst)
    assert answer.status_code == 200, answer.get_json()
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def test_the_facts_of_a_rate_tell_both_of_its_parts(front: Gateway) -> None:
    page = ask(
        front,
        f"facts?scope={DISTRICT}&period={TODAY}&figure=closure_rate&dimension=need_category&value=零距离安全",
    )
    assert [
        (fact["kind"], fact["contribution"], fact["whole"]) for fact in page["items"]
    ] == [("need", 1, 1)]


def test_targets_of_a_place_nobody_recorded_are_not_none(front: Gateway) -> None:
    answer = front.get(
        "/metrics/targets?scope=510108999",
        front.token("P1", ("district_analyst", DISTRICT)),
    )
    assert (answer.status_code, answer.get_json()["errors"][0]["path"]) == (
        404,
        "scope",
    )


@pytest.mark.parametrize(
    ("path", "code", "field"),
    [
        (
            "facts?scope=510108&period=2026&figure=person_times&dimension=host",
            "missing_field",
            "value",
        ),
        (
            "facts?scope=510108&period=2026&figure=person_times&value=x",
            "needless_value",
            "value",
        ),
        ("figures?scope=510108&period=2026-02-30", "bad_period", "period"),
        (
            "series?scope=510108&figure=closures&from=2026-02-02&to=2026-02-01&step=day",
            "ends_before_start",
            "to",
        ),
        (
            "series?scope=510108&figure=closures&from=2026-02-02&to=2027-02-03&step=day",
            "series_too_long",
            "to",
        ),
        (
            "series?scope=510108&figure=closures&from=0999-02-02&to=0999-02-03&step=day",
            "bad_date",
            "from",
        ),
        ("figures?scope=510108&period=2026&after=x", "unknown_field", "after"),
        (f"reports/{DISTRICT}/2026-06?scope=510109", "unknown_field", "scope"),
        (
            f"reports/{DISTRICT}/2026-06/differences?earlier=1&month=2026-05",
            "unknown_field",
            "month",
        ),
        (
            "series?scope=510108&figure=closures&from=2001-02-02&to=2026-02-03&step=month",
            "series_too_long",
            "to",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    front: Gateway, path: str, code: str, field: str
) -> None:
    answer = front.get(
        f"/metrics/{path}", front.token("P1", ("district_analyst", DISTRICT))
    )
    assert answer.status_code == 422
    assert [
        (error["path"], error["code"]) for error in answer.get_json()["errors"]
    ] == [(field, code)]

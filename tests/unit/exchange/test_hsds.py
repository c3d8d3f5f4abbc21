"""The directory as HSDS: every row as the standard demands, joined without loose ends, and no person in it."""

import json
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from gateway.files.descriptions import TABLES_OF_HSDS
from gateway.files.hsds.directory import directory
from gateway.files.hsds.recurrence import schedule_of
from tests.examples import cobuild, partners

SCHEMAS = Path(__file__).parent / "hsds"
SINGULAR = {"taxonomies": "taxonomy"}

UNIT = cobuild.RESOURCES["Unit"]
OFFERING = cobuild.RESOURCES["Offering"]
PARTNER = partners.RESOURCES["Partner"]
NEIGHBOURS = {**PARTNER, "id": "N2", "name": "邻里乐队", "kind": "居民骨干"}
BY_ARRANGEMENT = {
    name: value for name, value in OFFERING.items() if name not in cobuild.TIMES
}
MONTHLY = {
    **BY_ARRANGEMENT,
    "id": "F2",
    "weekly": "FREQ=MONTHLY;BYDAY=2MO,-1FR;INTERVAL=1;UNTIL=20261231T160000Z",
}
DAILY = {**BY_ARRANGEMENT, "id": "F3", "place": "小区广场", "weekly": "每天傍晚"}
AT_ANY_TIME = {**BY_ARRANGEMENT, "id": "F4"}
FOREIGN = {**OFFERING, "id": "F5", "unit": "U9"}


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    offerings = [OFFERING, MONTHLY, DAILY, AT_ANY_TIME, FOREIGN]
    return directory(
        [UNIT],
        [PARTNER, {k: v for k, v in NEIGHBOURS.items() if k != "credit_code"}],
        offerings,
    )


def wrong_rows(table: str, rows: list[dict[str, Any]]) -> list[str]:
    schema = json.loads(
        (SCHEMAS / f"{SINGULAR.get(table, table.removesuffix('s'))}.json").read_text()
    )
    validator = OAS31Validator(schema, format_checker=oas31_format_checker)
    return [
        f"{error.json_path}: {error.message}"
        for row in rows
        for error in validator.iter_errors(row)
    ]


def test_there_are_the_tables_the_description_names(tables: dict[str, Any]) -> None:
    assert set(tables) == set(TABLES_OF_HSDS)


@pytest.mark.parametrize("table", TABLES_OF_HSDS)
def test_every_row_is_as_hsds_3_demands(table: str, tables: dict[str, Any]) -> None:
    assert tables[table]
    assert wrong_rows(table, tables[table]) == []


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("services", {"id": "F1"}),
        ("services", {"status": "open"}),
        ("services", {"phone": "028-1234"}),
        ("schedules", {"freq": "DAILY"}),
        ("schedules", {"valid_to": "明年"}),
    ],
)
def test_a_row_that_is_not_is_found(
    table: str, change: dict[str, Any], tables: dict[str, Any]
) -> None:
    assert wrong_rows(table, [tables[table][0] | change])


def test_every_id_is_there_once_and_every_reference_leads_somewhere(
    tables: dict[str, Any],
) -> None:
    ids = {table: [row["id"] for row in rows] for table, rows in tables.items()}
    assert all(len(set(each)) == len(each) for each in ids.values())
    owners = {
        "organization_id": "organizations", "service_id": "services", "location_id": "locations",
        "service_at_location_id": "service_at_locations", "taxonomy_id": "taxonomies",
        "taxonomy_term_id": "taxonomy_terms",
    }  # fmt: skip
    for row in (row for rows in tables.values() for row in rows):
        for name in row.keys() & owners.keys():
            assert row[name] in ids[owners[name]]
    for link in tables["attributes"]:
        assert link["link_id"] in ids[f"{link['link_entity']}s"]


def test_no_person_is_in_it(tables: dict[str, Any]) -> None:
    text = json.dumps(tables, ensure_ascii=False)
    assert NEIGHBOURS["name"] not in text
    assert UNIT["contact_role"] not in text
    assert PARTNER["contact_role"] not in text


def test_the_same_thing_keeps_its_uuid(tables: dict[str, Any]) -> None:
    again = directory([UNIT], [], [OFFERING])
    assert again["services"] == tables["services"][:1]


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("FREQ=WEEKLY;BYDAY=SA", {"freq": "WEEKLY", "byday": "SA"}),
        (
            "RRULE:freq=weekly;byday=mo,tu;wkst=mo",
            {"freq": "WEEKLY", "byday": "MO,TU", "wkst": "MO"},
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=6",
            {"freq": "MONTHLY", "bymonthday": "1,15", "count": 6},
        ),
        ("FREQ=WEEKLY;UNTIL=20261231", {"freq": "WEEKLY", "until": "2026-12-31"}),
        ("FREQ=DAILY", {}),
        ("FREQ=WEEKLY;BYHOUR=9", {}),
        ("FREQ=WEEKLY;INTERVAL=0", {}),
        ("FREQ=WEEKLY;BYDAY=星期六", {}),
        ("每周六上午", {}),
    ],
)
def test_a_rule_is_taken_apart_or_told_as_it_is(
    rule: str, fields: dict[str, Any]
) -> None:
    assert schedule_of(rule) == {"timezone": 8, "description": rule, **fields}

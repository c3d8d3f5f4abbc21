"""What is uploaded is there once, whole or not at all, in the name of who uploads it."""

from gateway.files.formats import CSV, XLSX
from schemas.exchange.kinds import BRANCH, OFFERING, SECRETARY
from tests.integration.exchange.tables import (
    admin,
    approved_unit,
    credit_code,
    listed,
    offering,
    outcomes,
    sent,
    separated,
    sheet_of,
    unit,
    units,
    upload,
)
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.unit.exchange.books import book


def test_the_same_table_uploaded_twice_adds_nothing(fresh: Gateway) -> None:
    content = units(unit(1), unit(2))
    first = upload(fresh, "units", content)
    assert (first["imported"], first["already"], first["refused"]) == (2, 0, 0)
    ids = [row["id"] for row in first["rows"]]
    assert ids == [document["id"] for document in listed(fresh, "/units")]
    again = upload(
        fresh,
        "units",
        separated(unit(1), unit(2), encoding="gb18030"),
        CSV,
        mode="each",
    )
    assert (
        again["imported"],
        again["already"],
        [row["id"] for row in again["rows"]],
    ) == (0, 2, ids)
    more = upload(fresh, "units", units(unit(1), unit(3)))
    assert outcomes(more) == [(2, "already", []), (3, "imported", [])]
    assert len(listed(fresh, "/units")) == 3


def test_all_or_nothing_leaves_nothing(fresh: Gateway) -> None:
    report = upload(
        fresh,
        "units",
        units(
            unit(1),
            unit(2, community="510108999001"),
            unit(3, credit_code=credit_code(1)),
        ),
    )
    assert outcomes(report) == [
        (2, "refused", ["others_refused"]),
        (3, "refused", ["unknown_division"]),
        (4, "refused", ["duplicate_credit_code"]),
    ]
    assert report["rows"][1]["errors"] == [
        {
            "column": "社区代码", "path": "community", "code": "unknown_division", "cell": "D3",
            "message": "工作表“Sheet”D3（社区代码）填的是“510108999001”：没有区划代码为 510108999001 的街道或社区",
        }
    ]  # fmt: skip
    assert listed(fresh, "/units") == []


def test_a_row_that_does_not_load_keeps_all_from_being_asked(fresh: Gateway) -> None:
    report = upload(
        fresh,
        "units",
        units(unit(1), unit(2, members="很多", industry="钓鱼"), unit(1)),
    )
    assert outcomes(report) == [
        (2, "refused", ["others_refused"]),
        (3, "refused", ["not_allowed", "wrong_type"]),
        (4, "refused", ["duplicate_row"]),
    ]
    assert [error["column"] for error in report["rows"][1]["errors"]] == [
        "行业",
        "职工人数",
    ]
    assert listed(fresh, "/units") == []


def test_in_each_mode_every_good_row_goes_in(fresh: Gateway) -> None:
    rows = [unit(1), unit(2, members=-1), unit(3, community="510108999001"), unit(4)]
    report = upload(fresh, "units", units(*rows), mode="each")
    assert [row["outcome"] for row in report["rows"]] == [
        "imported",
        "refused",
        "refused",
        "imported",
    ]
    assert (report["imported"], report["already"], report["refused"]) == (2, 0, 2)
    assert [document["name"] for document in listed(fresh, "/units")] == [
        "虚构单位1",
        "虚构单位4",
    ]


def test_a_row_of_two_commands_is_whole_or_not_at_all(fresh: Gateway) -> None:
    heading = [*BRANCH.values(), *SECRETARY.values()]
    good = [
        "虚构直播支部",
        "虚构传媒",
        COMMUNITY,
        None,
        None,
        "P7",
        "2026/1/1",
        "2028.12.31",
    ]
    wrong_site = [
        "虚构电商支部",
        "虚构电商",
        COMMUNITY,
        "S9",
        None,
        "P8",
        "2026-01-01",
        "2028-12-31",
    ]
    report = upload(fresh, "branches", book(heading, good, wrong_site), mode="each")
    assert [row["outcome"] for row in report["rows"]] == ["imported", "refused"]
    (branch,) = listed(fresh, "/branches")
    assert branch["terms"] == [
        {"person": "P7", "since": "2026-01-01", "until": "2028-12-31"}
    ]


def test_a_row_is_asked_in_the_name_of_who_uploads_it(front: Gateway) -> None:
    owner = approved_unit(front, 300)
    content = book([*OFFERING.values()], offering(owner, title="只有本单位能发布"))
    stranger = front.token("L9", ("unit_liaison", "unit/U9"))
    report = upload(front, "offerings", content, token=stranger)
    assert outcomes(report) == [(2, "refused", ["not_your_unit"])]
    liaison = front.token("L1", ("unit_liaison", f"unit/{owner}"))
    assert upload(front, "offerings", content, token=liaison)["imported"] == 1
    resident = sent(
        front, "offerings", content, token=front.token("R1", ("resident", DISTRICT))
    )
    assert (resident.status_code, resident.get_json()["code"]) == (403, "forbidden")
    nobody = front.ask("POST", "/imports/offerings", data=content, content_type=XLSX)
    assert (nobody.status_code, nobody.get_json()["code"]) == (401, "unauthenticated")


def test_a_mode_there_is_none_of_is_refused(front: Gateway) -> None:
    answer = sent(front, "units", units(unit(1)), mode="some")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "not_allowed")


def test_a_thousand_rows_go_in_at_once(fresh: Gateway) -> None:
    report = upload(fresh, "units", units(*(unit(number) for number in range(1000))))
    assert report["imported"] == 1000
    assert len(sheet_of(fresh.get("/lists/units.xlsx", admin(fresh)))) == 1001

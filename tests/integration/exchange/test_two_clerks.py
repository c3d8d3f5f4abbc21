"""The same list from two clerks, or come back from elsewhere or from before, is registered once."""

from pathlib import Path
from typing import Any

import pytest

from gateway.files.formats import CSV
from schemas.exchange.kinds import BRANCH, NEED, OFFERING, SECRETARY, UNIT
from tests.integration.exchange.tables import (
    admin,
    approved_unit,
    listed,
    need,
    offering,
    outcomes,
    separated,
    unit,
    units,
    upload,
)
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.unit.exchange.books import book


def test_the_same_list_from_two_clerks_of_one_community_is_registered_once(
    front: Gateway,
) -> None:
    first, second = (
        front.token(name, ("community_worker", COMMUNITY)) for name in ("W7", "W8")
    )
    content = book([*NEED.values()], need("两个人报的同一件事"), need("又一件"))
    assert upload(front, "needs", content, token=first)["imported"] == 2
    again = upload(front, "needs", content, token=second)
    assert (again["imported"], again["already"]) == (0, 2)
    admin_of_the_street = front.token("A7", ("street_admin", COMMUNITY[:9]))
    assert (
        upload(front, "needs", content, token=admin_of_the_street, mode="each")[
            "already"
        ]
        == 2
    )
    elsewhere = front.token("W9", ("community_worker", "510108002002"))
    assert upload(front, "needs", content, token=elsewhere)["imported"] == 2
    resident, other = (
        front.token(name, ("resident", COMMUNITY)) for name in ("R7", "R8")
    )
    for token in (resident, other):
        assert upload(front, "needs", content, token=token)["imported"] == 2


def test_branches_and_their_secretaries_from_two_clerks_are_registered_once(
    fresh: Gateway,
) -> None:
    rows = book(
        [*BRANCH.values(), *SECRETARY.values()],
        [
            "示例支部",
            "示例传媒",
            COMMUNITY,
            None,
            None,
            "P7",
            "2026-01-01",
            "2028-12-31",
        ],
    )
    first, second = (
        fresh.token(name, ("street_admin", COMMUNITY[:9])) for name in ("A8", "A9")
    )
    assert upload(fresh, "branches", rows, token=first)["imported"] == 1
    assert upload(fresh, "branches", rows, token=second)["already"] == 1
    (branch,) = listed(fresh, "/branches")
    assert len(branch["terms"]) == 1


def test_the_same_offerings_from_two_liaisons_of_a_unit_are_published_once(
    front: Gateway,
) -> None:
    owner = approved_unit(front, 610)
    content = book([*OFFERING.values()], offering(owner, title="一项"))
    first, second = (
        front.token(name, ("unit_liaison", f"unit/{owner}")) for name in ("L7", "L8")
    )
    assert upload(front, "offerings", content, token=first)["imported"] == 1
    assert upload(front, "offerings", content, token=second)["already"] == 1


@pytest.mark.parametrize("format", ["xlsx", "csv"])
def test_a_list_as_it_was_had_can_be_imported_elsewhere(
    front: Gateway, tmp_path: Path, format: str
) -> None:
    tempting = separated(
        unit(620, name=f"'=示例，“单位”_x0041_{format}"), unit(621, name="-1")
    )
    upload(front, "units", tempting, CSV)
    branch = [
        f"往返支部{format}",
        "示例传媒",
        COMMUNITY,
        None,
        None,
        "P7",
        "2026-01-01",
        "2028-12-31",
    ]
    upload(
        front,
        "branches",
        book([*BRANCH.values(), *SECRETARY.values()], branch),
        mode="each",
    )
    manager = front.token("M1", ("partner_manager", DISTRICT))
    id = front.done("/partners", manager, **PARTNER_BODY, name=f"往返书屋{format}")[
        "id"
    ]
    front.done(f"/partners/{id}/approve", admin(front))
    with gateway(tmp_path) as elsewhere:
        for kind in ("units", "branches", "partners"):
            content = front.get(f"/lists/{kind}.{format}", admin(front)).data
            report = upload(elsewhere, kind, content, mode="each")
            assert report["refused"] == 0, report
            assert report["imported"] == len(listed(front, f"/{kind}"))
            here, there = (
                {
                    one["name"]: one.get("hours", one.get("terms"))
                    for one in listed(stage, f"/{kind}")
                }
                for stage in (front, elsewhere)
            )
            assert kind == "partners" or here == there


def test_a_list_that_comes_back_after_it_was_decided_on_is_known(
    fresh: Gateway,
) -> None:
    rows = [unit(1), unit(2)]
    ids = [row["id"] for row in upload(fresh, "units", units(*rows))["rows"]]
    for id in ids:
        fresh.done(f"/units/{id}/approve", admin(fresh))
    back = fresh.get("/lists/units.xlsx", admin(fresh)).data
    report = upload(fresh, "units", back)
    assert (report["imported"], report["already"], report["refused"]) == (0, 2, 0)
    wanted = [*UNIT.values(), "审核状态", "最近决定的原因"]
    rejected = upload(fresh, "units", book(wanted, [*unit(1), "未通过", "名称不符"]))
    assert outcomes(rejected) == [(2, "refused", ["cannot_reject"])]


PARTNER_BODY: dict[str, Any] = {
    "kind": "居民骨干", "community": COMMUNITY, "categories": ["文化体育"], "contact_role": "店长",
    "hours": [{"day": "SA", "opens": "09:00", "closes": "12:00"}, {"day": "SU", "opens": "14:00", "closes": "18:00"}],
}  # fmt: skip

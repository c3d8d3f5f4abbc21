"""`xfh import` takes people as an upload does: by whole name and sign-in number, so that nobody types an id."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.kit.actor import OPERATOR
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.xfh.commands.network import opened, store_of
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import Xfh
from tests.integration.cli.test_cli_imports import COMMUNITY, TOMORROW, table

NAME, PHONE = "王小明", "13800001234"
BRANCHES = "党支部名称,所在企业,社区代码,书记人员编号,任职首日,任职末日"
SINCE = (datetime.now(UTC) - timedelta(days=30)).date()
UNTIL = SINCE + timedelta(days=300)


@pytest.fixture
def secretary(xfh: Xfh, settings: Settings) -> str:
    """Somebody who has an account."""
    xfh("divisions", "load")
    with opened(settings) as bus:

        def ask(command: str, **payload: Any) -> dict[str, Any]:
            answer: dict[str, Any] = bus.call(
                "people",
                command,
                payload,
                actor=OPERATOR,
                deadline=Deadline.after(HUNG_S),
                key=command,
            )
            return answer

        bus.hosts["people"].followers["branches"].catch_up()
        consent = {"how": "当面", "on": SINCE.isoformat()}
        recorded = ask("record_person", name=NAME, community=COMMUNITY, consent=consent)
        id: str = recorded["document"]["id"]
        ask("open_account", person=id, phone=f"+86{PHONE}")
    return id


def branch(secretary: str) -> str:
    return f"虚构直播支部,虚构传媒,{COMMUNITY},{secretary},{SINCE},{UNTIL}"


def test_whoever_is_named_is_found_and_that_the_operator_looked_is_on_record(
    xfh: Xfh, settings: Settings, tmp_path: Path, secretary: str
) -> None:
    ran = xfh(
        "import", "branches", table(tmp_path, BRANCHES, branch(f"{NAME} {PHONE}"))
    )
    assert ran == (0, "已导入 1 行，任命书记 1 行\n", "")
    with store_of(settings, "branches") as store:
        events = store.log.read(0, 1000, ["secretary_appointed.v1"])
    assert [event.data["person"] for event in events] == [secretary]
    with store_of(settings, "people") as store:
        looks = [
            look
            for event in store.log.read(0, 100, ["looks_recorded.v1"])
            for look in event.data["looks"]
        ]
    assert [(look["by"], look["persons"]) for look in looks] == [
        ("operator", [secretary])
    ]


@pytest.mark.usefixtures("secretary")
@pytest.mark.parametrize("who", [f"王大明 {PHONE}", f"{NAME} 13900001234"])
def test_whom_nobody_knows_is_refused_as_written(
    xfh: Xfh, settings: Settings, tmp_path: Path, who: str
) -> None:
    ran = xfh("import", "branches", table(tmp_path, BRANCHES, branch(who)))
    assert ran.code == 1
    assert ran.out.startswith(f"D2（书记人员编号）填的是“{who}”：没有找到")
    with store_of(settings, "branches") as store:
        assert store.log.read(0, 1000, ["secretary_appointed.v1"]) == []


def test_who_posts_an_activity_is_named_as_well(
    xfh: Xfh, settings: Settings, tmp_path: Path, secretary: str
) -> None:
    xfh("import", "branches", table(tmp_path, BRANCHES, branch(secretary)))
    with store_of(settings, "branches") as store:
        (appointed,) = store.log.read(0, 1000, ["secretary_appointed.v1"])
    hours = f"{TOMORROW:%Y/%m/%d} 9:00,{TOMORROW:%Y/%m/%d} 11:00"
    row = f"branch/{appointed.data['branch']},端午读书会,亲子阅读,{COMMUNITY},红色驿站,{hours},30"
    heading = "主办方,活动名称,活动类别,社区代码,地点,开始时间,结束时间,名额,发布人编号"
    unknown = f"王大明 {PHONE}"
    ran = xfh("import", "activities", table(tmp_path, heading, f"{row},{unknown}"))
    assert ran.code == 1
    assert ran.out.startswith(f"I2（发布人编号）填的是“{unknown}”：没有找到")
    file = table(tmp_path, heading, f"{row},{NAME}{PHONE}")
    assert xfh("import", "activities", file) == (0, "已导入 1 行\n", "")
    with store_of(settings, "activities") as store:
        (drafted,) = store.log.read(0, 10)
    assert drafted.actor == secretary

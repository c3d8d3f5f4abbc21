"""A community recorded by mistake changes nothing of what is over, and can be taken back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.district.calendar import LOCAL
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

MISTYPED = f"{STREET}009"
LATER = timedelta(days=70)


def on(after: timedelta) -> str:
    """The day there, by the clock on the wall, ``after`` from now."""
    return (datetime.now(LOCAL) + after).date().isoformat()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    """Set up today; it is seventy days later now."""
    with gateway(tmp_path) as made:
        (tmp_path / "clock").write_text(str(LATER.total_seconds()))
        yield made


def admin(front: Gateway) -> str:
    return front.token("A1", ("district_admin", DISTRICT))


def communities(front: Gateway, month: str) -> Any:
    for host in front.bus.hosts.values():
        for follower in host.followers.values():
            follower.catch_up()
    answer = front.get(
        f"/metrics/figures?scope={DISTRICT}&period={month}", admin(front)
    )
    assert answer.status_code == 200, answer.text
    return answer.get_json()["figures"]["communities"]


def code(answer: Any) -> str:
    return str(answer.get_json()["code"])


def test_a_mistyped_community_counts_from_today_and_is_taken_back(
    front: Gateway,
) -> None:
    then, now = on(timedelta())[:7], on(LATER)[:7]
    today = on(LATER)
    recorded = front.done(
        "/divisions", admin(front), division=MISTYPED, name="打错社区", status="demo"
    )
    (period,) = recorded["periods"]
    assert today <= period["valid_from"] <= on(LATER)
    assert (communities(front, then), communities(front, now)) == (1, 2)
    assert (
        code(front.post(f"/divisions/{COMMUNITY}/withdraw", admin(front)))
        == "recorded_before"
    )
    front.done(f"/divisions/{MISTYPED}/withdraw", admin(front))
    assert (communities(front, then), communities(front, now)) == (1, 1)
    assert front.get(f"/divisions/{MISTYPED}").status_code == 404
    worker = front.token("W1", ("community_worker", MISTYPED))
    need = {
        "category": "零距离安全",
        "audience": "老人",
        "urgency": "urgent",
        "community": MISTYPED,
        "words": "电线",
    }
    assert code(front.post("/needs", worker, **need)) == "unknown_division"


def test_an_ended_community_takes_nothing_new_and_stays_in_what_is_over(
    front: Gateway,
) -> None:
    ends = on(LATER + timedelta(days=1))
    front.done(f"/divisions/{COMMUNITY}/end", admin(front), valid_to=ends)
    assert communities(front, on(timedelta())[:7]) == 1
    assert communities(front, on(2 * LATER)[:7]) == 0
    clock = Path(str(front.settings.clock_file))
    clock.write_text(str((LATER + timedelta(days=3)).total_seconds()))
    worker = front.token("W1", ("community_worker", COMMUNITY))
    need = {
        "category": "零距离安全",
        "audience": "老人",
        "urgency": "urgent",
        "community": COMMUNITY,
        "words": "电线",
    }
    assert code(front.post("/needs", worker, **need)) == "division_not_valid"
    assert front.get(f"/divisions/{COMMUNITY}").get_json()["periods"] == [
        {"valid_to": ends}
    ]

"""Finding by words through HTTP: with every other filter, page by page, in files, and nothing one may not see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.district.calendar import LOCAL
from services.xfh.demo.plan import credit_code
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

HOST = f"community/{COMMUNITY}"
NEED = {
    "category": "零距离安全",
    "audience": "老人",
    "urgency": "urgent",
    "community": COMMUNITY,
}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        worker = made.token("W1", ("community_worker", COMMUNITY))
        for days, (title, category) in enumerate(TITLES, 1):
            id = made.done("/activities", worker, **posting(days, title, category))[
                "id"
            ]
            if title != DRAFT:
                made.done(f"/activities/{id}/publish", worker)
        yield made


DRAFT = "端午筹备会"
TITLES = (
    ("端午包粽子", "邻里节庆"),
    ("《端午》诗会", "文体"),
    ("龘字书法课", "文体"),
    (DRAFT, "文体"),
    ("义诊", "义诊"),
)


def posting(days: int, title: str, category: str) -> dict[str, Any]:
    starts = (datetime.now(LOCAL) + timedelta(days=days)).replace(microsecond=0)
    times = {
        "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=2)).isoformat(),
    }
    about = {
        "title": title,
        "category": category,
        "place": "党群服务中心",
        "capacity": 5,
    }
    return {"host": HOST, "community": COMMUNITY, **about, **times}


def titles(front: Gateway, token: str = "", **said: Any) -> list[str]:
    """Of all pages, two at a time."""
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = front.get(
            "/activities", token, query_string={"limit": 2, **said, **after}
        ).get_json()
        found += [activity["title"] for activity in page["items"]]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"text": "端午"}, ["《端午》诗会", "端午包粽子"]),
        ({"text": "端午", "category": "文体"}, ["《端午》诗会"]),
        ({"text": "端午 文体"}, ["《端午》诗会"]),
        ({"text": "《端午》诗会"}, ["《端午》诗会"]),
        ({"text": "龘"}, ["龘字书法课"]),
        (
            {"text": "服务中心", "host": HOST, "category": "文体,义诊"},
            ["义诊", "龘字书法课", "《端午》诗会"],
        ),
        ({"text": "端午", "free": 6}, []),
        ({"text": "烟花"}, []),
    ],
)
def test_activities_are_found_by_words_and_all_else(
    front: Gateway, said: dict[str, Any], found: list[str]
) -> None:
    assert titles(front, **said) == found


def test_a_draft_is_found_by_who_writes_it_alone(front: Gateway) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    assert titles(front, worker, text="筹备", host=HOST) == [DRAFT]
    assert (
        titles(front, front.token("R1", ("resident", "*")), text="筹备", host=HOST)
        == []
    )


@pytest.mark.parametrize("path", ["activities", "campaigns", "offerings"])
@pytest.mark.parametrize(
    ("text", "code"),
    [("，。！", "no_words"), ("　", "empty_text"), ("长" * 41, "too_long")],
)
def test_a_text_that_says_nothing_is_refused_in_words(
    front: Gateway, path: str, text: str, code: str
) -> None:
    answer = front.get(f"/{path}", query_string={"text": text})
    (error,) = answer.get_json()["errors"]
    assert (answer.status_code, error["code"], error["path"]) == (422, code, "text")


def test_an_application_or_a_need_not_on_the_list_is_found_by_those_it_concerns_alone(
    front: Gateway,
) -> None:
    liaison, street = (
        front.token("L1", ("unit_liaison", DISTRICT)),
        front.token("A2", ("street_admin", STREET)),
    )
    about = {
        "name": "演示电力公司",
        "industry": "电力",
        "members": 9,
        "contact_role": "联络员",
    }
    unit = front.done(
        "/units", liaison, **about, credit_code=credit_code(1), community=COMMUNITY
    )["id"]
    stranger = front.token("R9", ("resident", "*"))
    for token, names in ((liaison, [unit]), (street, [unit]), (stranger, [])):
        found = front.get("/units", token, query_string={"text": "电力"}).get_json()[
            "items"
        ]
        assert [one["id"] for one in found] == names
    need = front.done(
        "/needs", front.token("R1", ("resident", "*")), **NEED, words="楼道龘灯坏了"
    )["id"]
    worker = front.token("W1", ("community_worker", COMMUNITY))
    for token, text, ids in (
        (worker, "安全 老人", [need]),
        (worker, "龘", []),
        (stranger, "安全 老人", []),
    ):
        found = front.get(
            "/needs", token, query_string={"text": text, "state": "raised"}
        ).get_json()["items"]
        assert [one["id"] for one in found] == ids


def test_a_file_has_what_the_words_find(front: Gateway) -> None:
    street = front.token("A2", ("street_admin", STREET))
    for text, there in (("电力", True), ("银行", False)):
        file = front.client.get(
            "/api/v1/lists/units.csv",
            query_string={"text": text},
            headers={"Authorization": f"Bearer {street}"},
        )
        assert ("演示电力公司" in file.get_data(as_text=True)) == there

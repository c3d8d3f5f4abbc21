"""An activity as a page for all, its roster and sign-in sheet for who keeps it, and what is cancelled says so."""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from werkzeug.test import TestResponse

from schemas.fields import instant
from tests.integration.gateway_stage import COMMUNITY, Gateway, gateway

HOST = f"community/{COMMUNITY}"
DAY = datetime.now(UTC).replace(hour=1, minute=0, second=0, microsecond=0) + timedelta(
    days=7
)
DAYS = itertools.count()  # So that nobody is at two places at once.
WECHAT = "from=singlemessage&isappinstalled=0"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


def keeper(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


def resident(front: Gateway, id: str) -> str:
    return front.token(id, ("resident", COMMUNITY))


def posted(front: Gateway, **changes: Any) -> str:
    day = DAY + timedelta(days=next(DAYS))
    about = {
        "host": HOST, "title": "端午<包>粽子", "category": "邻里节庆", "community": COMMUNITY, "place": "二楼",
        "capacity": 2, "summary": "自带围裙\n请准时", "starts_at": instant(day), "terms": {"least_age": 6},
        "ends_at": instant(day + timedelta(hours=2)), **changes,
    }  # fmt: skip
    id = str(front.done("/activities", keeper(front), **about)["id"])
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", keeper(front))
    return id


def sign_up(front: Gateway, activity: str, *people: str, **which: str) -> str:
    party = [{"person": person, "born": "1990-01-01"} for person in people]
    signs_up = resident(front, people[0])
    path = f"/activities/{activity}/signups"
    return str(front.done(path, signs_up, party=party, **which)["id"])


def page(front: Gateway, path: str, token: str = "") -> TestResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return front.client.get(path, headers=headers)


def test_everybody_sees_what_it_is_when_and_where(front: Gateway) -> None:
    activity = posted(front)
    sign_up(front, activity, "WHO-IS-NOT-SAID")
    answer = page(front, f"/activities/{activity}?{WECHAT}")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    for words in (
        "端午&lt;包&gt;粽子",
        "望平社区",
        "自带围裙",
        "活动当天满 6 周岁",
        "二楼",
        "1 人",
        "报名中",
    ):
        assert words in answer.text, words
    assert "WHO-IS-NOT-SAID" not in answer.text


def test_each_date_leads_to_its_sign_up(front: Gateway) -> None:
    activity = posted(front, repeats="FREQ=WEEKLY;COUNT=3", capacity=1)
    first, *others = front.get(f"/sessions?activity={activity}").get_json()["items"]
    sign_up(front, activity, "R1", session=first["id"])
    shown = page(front, f"/activities/{activity}").text
    sign_ups = re.findall(r'class="go" href="([^"]+)">(\w+)<', shown)
    begins = f"/activities/{activity}/sign-up?session="
    assert sign_ups == [
        (begins + first["id"], "报名候补"),
        *((begins + other["id"], "报名") for other in others),
    ]
    form = page(front, sign_ups[2][0], resident(front, "R2")).text
    [chosen] = re.findall(r'name="session" value="([^"]+)"', form)
    assert chosen == others[1]["id"]


def test_why_something_changed_is_said_to_be_that(front: Gateway) -> None:
    activity = posted(front)
    path = f"/activities/{activity}/change"
    front.done(path, keeper(front), which="all", place="三楼", reason="换到三楼")
    shown = page(front, f"/activities/{activity}").text
    assert "<strong>修改的原因：</strong>换到三楼" in shown


def test_what_takes_no_sign_ups_any_more_leads_to_none(front: Gateway) -> None:
    activity = posted(front, title="取消的")
    front.done(f"/activities/{activity}/cancel", keeper(front), reason="暴雨预警")
    shown = page(front, f"/activities/{activity}").text
    assert "<strong>取消的原因：</strong>暴雨预警" in shown
    assert "sign-up" not in shown
    assert '<span aria-hidden="true">✕</span> 已取消' in shown


def test_it_is_the_same_for_everybody_and_their_copies_are_checked(
    front: Gateway,
) -> None:
    activity = posted(front)
    answer = page(front, f"/activities/{activity}")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "工作台" not in page(front, f"/activities/{activity}", keeper(front)).text
    chosen = front.client.application.test_client()
    chosen.post("/display", data={"theme": "dark"})
    assert 'class="dark ' in chosen.get(f"/activities/{activity}").text
    assert 'class="auto ' in page(front, f"/activities/{activity}").text


def test_a_draft_is_as_if_it_were_not_there(front: Gateway) -> None:
    times = {"starts_at": instant(DAY), "ends_at": instant(DAY + timedelta(hours=2))}
    about = {
        "host": HOST,
        "title": "草稿",
        "category": "文体",
        "community": COMMUNITY,
        "place": "院内",
        "capacity": 2,
    }
    draft = front.done("/activities", keeper(front), **about, **times)["id"]
    unknown = page(front, "/activities/nobody", keeper(front))
    for path in (f"/activities/{draft}", f"/activities/{draft}/roster"):
        assert page(front, path).status_code in (401, 404)
    assert (
        page(front, f"/activities/{draft}", keeper(front)).status_code
        == unknown.status_code
        == 404
    )


def test_the_sheets_are_printed_for_who_keeps_it_and_nobody_keeps_them(
    front: Gateway,
) -> None:
    activity = posted(front)
    sign_up(front, activity, "R1", "kid")
    waits = sign_up(front, activity, "R2")
    roster = page(front, f"/activities/{activity}/roster?{WECHAT}", keeper(front))
    sheet = page(front, f"/activities/{activity}/sign-in", keeper(front))
    for answer in (roster, sheet):
        assert (answer.status_code, answer.headers["Cache-Control"]) == (
            200,
            "no-store",
        )
        assert re.findall("<td>(.*?)</td>", answer.text)[2:4] == ["第 1 组", "本人"]
        assert [id for id in ("R1", "R2", waits) if id in answer.text] == []
    assert "候补" in roster.text
    assert "候补" not in sheet.text
    assert len(re.findall("<tr>", sheet.text)) == 1 + 2 + 10


@pytest.mark.parametrize("what", ["roster", "sign-in"])
def test_a_sheet_has_its_parties_together_in_the_order_they_signed_up(
    front: Gateway, what: str
) -> None:
    activity = posted(front, capacity=5)
    sign_up(front, activity, "R9", "kid")
    sign_up(front, activity, "A1")
    sheet = page(front, f"/activities/{activity}/{what}", keeper(front)).text
    assert re.findall("第 [0-9]+ 组", sheet) == ["第 1 组", "第 1 组", "第 2 组"]


@pytest.mark.parametrize("what", ["roster", "sign-in"])
def test_to_nobody_else_are_they_shown(front: Gateway, what: str) -> None:
    activity = posted(front)
    sign_up(front, activity, "R1")
    others = [
        "",
        resident(front, "R1"),
        front.token("W2", ("community_worker", "510108002099")),
    ]
    answers = [page(front, f"/activities/{activity}/{what}", token) for token in others]
    assert [answer.status_code for answer in answers] == [401, 403, 403]
    assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)
    assert not [answer for answer in answers if "R1" in answer.text]


@pytest.mark.parametrize("what", ["", "/roster", "/sign-in"])
def test_a_token_that_proves_nothing_is_told_as_a_page(
    front: Gateway, what: str
) -> None:
    answer = page(front, f"/activities/{posted(front)}{what}", "forged")
    assert (answer.status_code, answer.mimetype) == (401, "text/html")


@pytest.mark.parametrize(
    ("name", "people"),
    [("roster", ["R1", "R1~kid", "R2"]), ("sign_in", ["R1", "R1~kid"])],
)
def test_they_come_as_spreadsheets_as_well(
    front: Gateway, name: str, people: list[str]
) -> None:
    activity = posted(front)
    sign_up(front, activity, "R1", "kid")
    sign_up(front, activity, "R2")
    answer = front.get(f"/lists/{name}.xlsx?activity={activity}", keeper(front))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    heading, *rows = (
        load_workbook(BytesIO(answer.data)).worksheets[0].iter_rows(values_only=True)
    )
    assert (heading[0], heading[1]) == ("姓名", "居民编号")
    assert sorted(str(row[1]) for row in rows) == people
    assert (
        front.get(
            f"/lists/{name}.csv?activity={activity}", resident(front, "R1")
        ).status_code
        == 403
    )
    assert front.get(f"/lists/{name}.csv?activity={activity}").status_code == 401


def test_what_is_cancelled_says_so_wherever_its_title_is(front: Gateway) -> None:
    activity = posted(front, title="义诊")
    sign_up(front, activity, "R7")
    front.done(f"/activities/{activity}/cancel", keeper(front), reason="暴雨预警")
    said = [
        front.get(f"/activities/{activity}").get_json()["title"],
        front.get(f"/activities/{activity}/session").get_json()["title"],
        front.get(f"/sessions?activity={activity}").get_json()["items"][0]["title"],
        front.get("/me/signups", resident(front, "R7")).get_json()["items"][0]["title"],
    ]
    assert said == ["【已取消】义诊"] * 4
    listed = front.get(f"/activities?host={HOST}", keeper(front)).get_json()["items"]
    assert [one["title"] for one in listed if one["id"] == activity] == [
        "【已取消】义诊"
    ]
    assert "【已取消】义诊" in page(front, f"/activities/{activity}").text
    (event,) = Calendar.from_ical(
        front.get(f"/calendars/activities/{activity}.ics").data
    ).walk("VEVENT")
    assert (event["status"], event["summary"]) == ("CANCELLED", "【已取消】义诊")
    rows = front.get(f"/lists/sessions.csv?host={HOST}", keeper(front)).data.decode(
        "utf-8-sig"
    )
    assert "【已取消】义诊" in rows
    again = front.done(
        f"/activities/{activity}/copy",
        keeper(front),
        starts_at=instant(DAY + timedelta(days=99)),
    )
    assert again["title"] == "义诊"


def test_the_calendar_of_one_activity_has_all_its_sessions_and_leads_to_its_page(
    front: Gateway,
) -> None:
    activity = posted(front, repeats="FREQ=WEEKLY;COUNT=3")
    answer = front.get(
        f"/calendars/activities/{activity}.ics?{WECHAT}&utm_source=x&utm_source=y"
    )
    events = Calendar.from_ical(answer.data).walk("VEVENT")
    assert [event["uid"] for event in events] == [
        f"{activity}.{number}@xianfenghui" for number in (1, 2, 3)
    ]
    assert {event["url"] for event in events} == {
        f"http://127.0.0.1:8000/activities/{activity}"
    }


def test_secret_addresses_and_feeds_ignore_what_they_do_not_know_and_lists_do_not(
    front: Gateway,
) -> None:
    front.done("/me/calendar", resident(front, "R1"))
    issued = front.get("/me/calendar", resident(front, "R1")).get_json()
    assert (
        issued["address"]
        == f"http://127.0.0.1:8000/api/v1/calendars/me/{issued['secret']}.ics"
    )
    for path in (
        f"/calendars/me/{issued['secret']}.ics",
        f"/calendars/me/{issued['secret']}",
    ):
        assert front.get(f"{path}?{WECHAT}").status_code == 200
    for path in (
        f"/calendars/divisions/{COMMUNITY}.ics",
        f"/calendars/hosts/community/{COMMUNITY}.ics",
    ):
        assert front.get(f"{path}?{WECHAT}&from=again").status_code == 200
    for path in ("/activities", f"/sessions?division={COMMUNITY}", "/lists/units.csv"):
        answer = front.get(f"{path}{'&' if '?' in path else '?'}{WECHAT}")
        assert (answer.status_code, answer.get_json()["code"]) == (422, "unknown_field")


def test_the_page_of_a_certificate_and_of_a_code_ignore_it_too(front: Gateway) -> None:
    for path in ("/verify/AAAAAAAAAAAAAAAAAAAAAAAAAA", "/certificates/nobody"):
        assert (
            page(front, f"{path}?{WECHAT}").status_code == page(front, path).status_code
        )

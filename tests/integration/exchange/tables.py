"""Tables of clerks, sent and had over HTTP, and what came of them."""

import csv
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from stdnum.cn import uscc
from werkzeug.test import TestResponse

from gateway.files.formats import XLSX
from schemas.exchange.kinds import NEED, OFFERING, PARTNER, UNIT
from services.district.calendar import LOCAL
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.unit.exchange.books import book

TEMPTING = '=HYPERLINK("http://there","看")'


def admin(front: Gateway) -> str:
    return front.token("A1", ("district_admin", DISTRICT))


def credit_code(number: int) -> str:
    seventeen = f"91510108MA{number:07}"
    return seventeen + str(uscc.calc_check_digit(seventeen))


def unit(number: int, **changes: Any) -> list[Any]:
    cells = {
        "name": f"虚构单位{number}", "credit_code": credit_code(number), "industry": "电力", "community": COMMUNITY,
        "members": 12, "contact_role": "联络员",
    }  # fmt: skip
    return [(cells | changes).get(field) for field in UNIT]


def units(*rows: list[Any]) -> bytes:
    return book([*UNIT.values()], *rows)


def upload(
    front: Gateway,
    kind: str,
    content: bytes,
    media_type: str = XLSX,
    token: str = "",
    **asked: str,
) -> Any:
    answer = sent(front, kind, content, media_type, token, **asked)
    assert answer.status_code == 200, answer.text
    return answer.get_json()


def sent(
    front: Gateway,
    kind: str,
    content: bytes,
    media_type: str = XLSX,
    token: str = "",
    **asked: str,
) -> TestResponse:
    path = f"/imports/{kind}?" + "&".join(
        f"{name}={value}" for name, value in asked.items()
    )
    return front.ask(
        "POST", path, token or admin(front), data=content, content_type=media_type
    )


def outcomes(report: Any) -> list[tuple[int, str, list[str]]]:
    return [
        (row["line"], row["outcome"], [error["code"] for error in row["errors"]])
        for row in report["rows"]
    ]


def listed(front: Gateway, path: str, then: str = "?") -> list[dict[str, Any]]:
    return front.get(f"{path}{then}limit=100", admin(front)).get_json()["items"]  # type: ignore[no-any-return]


def sheet_of(answer: TestResponse) -> list[list[Any]]:
    assert answer.status_code == 200, answer.text
    sheet = load_workbook(BytesIO(answer.data)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def approved_unit(front: Gateway, number: int, name: str = "") -> str:
    report = upload(
        front, "units", units(unit(number, **({"name": name} if name else {})))
    )
    id = str(report["rows"][0]["id"])
    front.done(f"/units/{id}/approve", admin(front))
    return id


def day_ahead(days: int) -> str:
    return (datetime.now(LOCAL) + timedelta(days=days)).date().isoformat()


def need(words: str) -> list[Any]:
    cells = {
        "category": "零距离便民", "audience": "老人", "urgency": "routine", "community": COMMUNITY, "grid": "G-01",
        "slots": "SA-am、SU-am", "beneficiary": None, "words": words,
    }  # fmt: skip
    return [cells[field] for field in NEED]


def saturday(weeks: int) -> str:
    """The first one at least so many weeks ahead."""
    today = datetime.now(LOCAL).weekday()
    return day_ahead(7 * weeks + (5 - today) % 7)


def offering(owner: str, **changes: Any) -> list[Any]:
    cells = {
        "unit": owner, "title": "线路检查", "category": "零距离安全", "audience": "老人、困难家庭",
        "place": "党群服务中心", "community": COMMUNITY, "starts_at": f"{saturday(1)} 9:00", "minutes": 60,
        "repeats": "FREQ=WEEKLY;BYDAY=SA", "except_on": saturday(2), "capacity": 2, "per": "week",
        "valid_until": "2099年12月31日",
    }  # fmt: skip
    return [(cells | changes).get(field) for field in OFFERING]


def partner(name: str, **changes: Any) -> list[Any]:
    cells = {
        "name": name, "kind": "居民骨干", "credit_code": None, "community": COMMUNITY, "categories": "文化体育、其他",
        "hours": "周六 9:00-12:00、周日 9:00-12:00", "contact_role": "店长",
    }  # fmt: skip
    return [(cells | changes)[field] for field in PARTNER]


def separated(*rows: list[Any], encoding: str = "utf-8") -> bytes:
    file = StringIO(newline="")
    csv.writer(file).writerows([[*UNIT.values()], *rows])
    return file.getvalue().encode(encoding)

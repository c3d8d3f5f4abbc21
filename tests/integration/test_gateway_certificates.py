"""Certificates through HTTP: printed, verified, corrected and revoked; pages for people, JSON for programs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.integration.gateway_stage import DISTRICT, gateway
from tests.integration.hours_stage import HOST, Stage, served


@pytest.fixture
def stage(tmp_path: Any) -> Iterator[Stage]:
    with gateway(tmp_path) as front:
        yield Stage(front, tmp_path / "clock")


def certificate(stage: Stage) -> dict[str, Any]:
    today = (datetime.now(UTC) + timedelta(hours=8)).date()
    period = {"since": f"{today.year - 1}-01-01", "until": today.isoformat()}
    return stage.front.done(
        "/certificates", stage.keeper, person="R1", issuer=HOST, **period
    )


def test_a_certificate_is_printed_verified_corrected_and_revoked(stage: Stage) -> None:
    served(stage)
    issued = certificate(stage)
    assert (issued["minutes"], issued["sessions"], issued["state_text"]) == (
        30,
        1,
        "有效",
    )
    assert "code" not in issued
    code = stage.front.get(
        f"/certificates/{issued['id']}", stage.resident("R1")
    ).get_json()["code"]
    page = verified_page(stage, code)
    assert "有效" in page
    assert "30 分钟" in page
    assert "社区清洁日" not in page
    stage.front.done(
        f"{stage.path}/hours",
        stage.street,
        person="R1",
        minutes=25,
        reason="按纸质签到表",
    )
    assert "已更正" in verified_page(stage, code)
    told = stage.front.get(f"/verify/{code}").get_json()
    assert (
        told["minutes"],
        told["corrected"],
        told["minutes_now"],
        told["person"],
    ) == (30, True, 25, "R***")
    stage.front.done(
        f"/certificates/{issued['id']}/revoke", stage.keeper, reason="时长有误"
    )
    assert "已撤销" in verified_page(stage, code)


def verified_page(stage: Stage, code: str) -> str:
    answer = stage.front.client.get(f"/verify/{code}", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return str(answer.text)


def test_the_printed_page_is_for_its_holder_and_loads_nothing_from_outside(
    stage: Stage,
) -> None:
    served(stage)
    id = certificate(stage)["id"]
    client = stage.front.client
    assert client.get(f"/certificates/{id}").status_code == 401
    other = {"Authorization": f"Bearer {stage.resident('R2')}"}
    assert client.get(f"/certificates/{id}", headers=other).status_code == 404
    own = client.get(
        f"/certificates/{id}",
        headers={"Authorization": f"Bearer {stage.resident('R1')}"},
    )
    assert own.status_code == 200
    assert "社区清洁日" in own.text
    assert "<svg" in own.text
    assert re.findall(r"(?:src|href|action)=\"([^\"]*)", own.text) == [
        "/static/certificate.css"
    ]
    assert "<script" not in own.text
    assert "no-store" in own.headers["Cache-Control"]
    assert "default-src 'none'" in own.headers["Content-Security-Policy"]


def test_after_a_change_of_keys_what_was_printed_is_good_and_the_page_says_why_it_has_no_code(
    tmp_path: Any,
) -> None:
    with gateway(tmp_path) as front:
        stage = Stage(front, tmp_path / "clock")
        served(stage)
        id = certificate(stage)["id"]
        code = front.get(f"/certificates/{id}", stage.keeper).get_json()["code"]
    (tmp_path / "keys" / "door.key").unlink()
    with gateway(tmp_path) as front:
        assert front.get(f"/verify/{code}").get_json()["state"] == "valid"
        holder = {
            "Authorization": f"Bearer {front.token('R1', ('resident', DISTRICT))}"
        }
        page = front.client.get(f"/certificates/{id}", headers=holder).text
        assert "已打印的仍可核验" in page
        assert "<svg" not in page


def test_what_is_printed_leads_to_the_platform_wherever_the_request_says_it_was_sent(
    stage: Stage,
) -> None:
    served(stage)
    id = certificate(stage)["id"]
    own = {"Authorization": f"Bearer {stage.resident('R1')}"}
    elsewhere = {
        "Host": "elsewhere.example",
        "X-Forwarded-Host": "elsewhere.example",
        "X-Forwarded-Proto": "https",
    }
    page = stage.front.client.get(
        f"/certificates/{id}", headers={**own, **elsewhere}
    ).text
    assert "http://127.0.0.1:8000/verify/" in page
    assert "elsewhere" not in page


@pytest.mark.parametrize("id", ["%00", "字" * 300, "nothing", "K1"])
def test_a_certificate_that_is_not_there_is_no_defect(stage: Stage, id: str) -> None:
    as_page = {"Authorization": f"Bearer {stage.keeper}"}
    for headers in (as_page, {**as_page, "Accept": "application/json"}):
        answer = stage.front.client.get(f"/certificates/{id}", headers=headers)
        assert answer.status_code in {404, 422}, answer.text
        assert answer.mimetype == (
            "application/problem+json" if "Accept" in headers else "text/html"
        )


@pytest.mark.parametrize("code", ["A" * 26, "short", "%00", "字" * 300])
def test_an_unknown_code_is_a_plain_page_or_a_problem(stage: Stage, code: str) -> None:
    page = stage.front.client.get(f"/verify/{code}")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "没有这张证明" in page.text
    problem = stage.front.client.get(
        f"/verify/{code}", headers={"Accept": "application/json"}
    )
    assert (problem.status_code, problem.get_json()["code"]) == (404, "not_found")


def test_by_accept_a_program_gets_json(stage: Stage) -> None:
    served(stage)
    id = certificate(stage)["id"]
    code = stage.front.get(f"/certificates/{id}", stage.keeper).get_json()["code"]
    answer = stage.front.client.get(
        f"/verify/{code}", headers={"Accept": "application/json"}
    )
    assert answer.get_json()["state"] == "valid"
    assert answer.headers["Vary"] == "Accept, Cookie"  # Which says the language.


def test_a_code_is_typed_as_it_is_printed(stage: Stage) -> None:
    """In fours, in small letters, with a digit for the letter that looks like it."""
    served(stage)
    code = stage.front.get(
        f"/certificates/{certificate(stage)['id']}", stage.keeper
    ).get_json()["code"]
    fours = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    looks_like = code.replace("O", "0").replace("I", "1").replace("B", "8")
    for typed in (fours, code.lower(), looks_like, f"{code[:13]}-{code[13:]}"):
        assert "有效" in verified_page(stage, typed)
        assert stage.front.get(f"/verify/{typed}").status_code == 200

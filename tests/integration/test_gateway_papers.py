"""After a session is over: hours put right, service appraised, certificates and commendations, all from its list."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from gateway.edge.rpc import Services
from services.district.calendar import local_day
from tests.integration.gateway_stage import COMMUNITY, STREET, gateway
from tests.integration.hours_stage import HOST, Stage
from tests.integration.test_gateway_forms import Visitor

COMES = "R1"
UNTIL_ITS_END_S = 61 * 60


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Over, with one who came and stayed."""
    with gateway(tmp_path) as front:
        stage = Stage(front, tmp_path / "clock")
        front.done(f"{stage.path}/checkins", stage.keeper, person=COMES)
        all_of_it = {"count": "session"}
        front.done(f"{stage.path}/close", stage.keeper, without_checkout=all_of_it)
        yield stage


@pytest.fixture
def worker(stage: Stage) -> Visitor:
    return Visitor(stage.front, "W1", ("community_worker", COMMUNITY))


def links(stage: Stage, worker: Visitor) -> dict[str, str]:
    """Where the session's list leads, by what is said of it."""
    session = stage.seat(COMES)["session"]
    page = worker.look(f"/desk{stage.path}/sessions/{session}").text
    found = re.findall(r'<a[^>]* href="([^"]+)">([^<]+)…', page)
    return {words: unescape(to) for to, words in found}


def test_hours_are_put_right_and_service_is_appraised(
    stage: Stage, worker: Visitor
) -> None:
    known = links(stage, worker)
    asked = worker.look(known["更正时长"]).text
    assert re.search(r"<dt>谁</dt><dd[^>]*>第 1 组</dd>", asked)
    assert "<dt>哪一场</dt>" in asked
    street = Visitor(stage.front, "A2", ("street_admin", STREET))
    assert street.look(known["更正时长"]).status_code == 200
    told = {"minutes": "45", "attended": "true", "reason": "先走了"}
    corrected = worker.send(known["更正时长"], **told)
    assert corrected.status_code == 303, corrected.text
    assert "/sessions/" in corrected.headers["Location"]
    assert stage.seat(COMES)["minutes"] == 45
    assert worker.send(known["评价服务"], grade="优秀").status_code == 303
    assert stage.seat(COMES)["appraisal"] == "优秀"


def test_who_helped_is_said_afterwards_of_those_on_the_list(
    stage: Stage, worker: Visitor
) -> None:
    page = links(stage, worker)["认定谁是志愿者"]
    form = worker.look(page).text
    assert "第 1 组（本人，志愿者）" in form
    sent = worker.send(page, people__0=COMES, role="participant", reason="只是来参加")
    assert sent.status_code == 303, sent.text
    assert stage.seat(COMES)["role"] == "participant"


def test_a_certificate_is_issued_listed_and_revoked_without_an_id(
    stage: Stage, worker: Visitor
) -> None:
    page = links(stage, worker)["出具服务时长证明"]
    assert "名单上的这一位" in worker.look(page).text
    days = {"since": "2020-01-01", "until": local_day(datetime.now(UTC))}
    issued = worker.send(page, person=COMES, issuer=HOST, **days)
    assert issued.status_code == 303, issued.text
    paper = issued.headers["Location"]
    assert worker.look(paper).status_code == 200
    listed = worker.look(f"/desk/certificates?issuer={HOST}").text
    assert f'href="{paper}"' in listed
    [revoke] = re.findall(r'href="(/desk/certificates/[^"?]+/revoke[^"]*)"', listed)
    revoked = worker.send(unescape(revoke), reason="时长有误")
    assert revoked.status_code == 303, revoked.text
    assert revoked.headers["Location"].startswith("/desk/certificates?")
    assert "已撤销" in worker.look(revoked.headers["Location"]).text


def test_whose_certificates_a_list_shows_is_asked_once(
    stage: Stage, worker: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = links(stage, worker)["出具服务时长证明"]
    until = local_day(datetime.now(UTC))
    for since in ("2020-01-01", "2021-01-01"):
        days = {"since": since, "until": until}
        issued = worker.send(page, person=COMES, issuer=HOST, **days)
        assert issued.status_code == 303, issued.text
    asked: list[str] = []
    ask = Services.ask

    def counted(services: Services, service: str, name: str, *a: Any, **k: Any) -> Any:
        asked.append(name)
        return ask(services, service, name, *a, **k)

    monkeypatch.setattr(Services, "ask", counted)
    listed = worker.look(f"/desk/certificates?issuer={HOST}").text
    assert listed.count("一位志愿者，20") >= 2
    assert asked.count("name_persons") == 1


def test_somebody_is_commended_and_that_is_withdrawn(
    stage: Stage, worker: Visitor
) -> None:
    page = links(stage, worker)["登记表彰"]
    on = local_day(datetime.now(UTC))
    said = {"person": COMES, "issuer": HOST, "title": "优秀志愿者", "on": on}
    sent = worker.send(page, **said)
    assert sent.status_code == 303, sent.text
    listed = worker.look(sent.headers["Location"]).text
    assert "优秀志愿者" in listed
    [withdraw] = re.findall(r'href="(/desk/commendations/[^"?]+/withdraw)', listed)
    assert worker.send(withdraw, reason="登记错了").status_code == 303
    assert "已撤回" in worker.look(sent.headers["Location"]).text


def test_somebody_contests_their_hours_and_takes_that_back(
    stage: Stage, worker: Visitor, tmp_path: Path
) -> None:
    (tmp_path / "clock").write_text(str(UNTIL_ITS_END_S))
    resident = Visitor(stage.front, COMES, ("resident", COMMUNITY))
    record = resident.look("/me/record").text
    [contest] = re.findall(r'href="(/desk/activities/[^"]+/contests[^"]+)"', record)
    refused = resident.send(unescape(contest), words="").text
    [session] = re.findall(r"session=([^&]+)", unescape(contest))
    assert f'name="session" value="{session}"' in refused
    sent = resident.send(unescape(contest), words="少记了一小时")
    assert sent.status_code == 303, sent.text
    assert sent.headers["Location"] == "/me/contests"
    listed = resident.look("/me/contests").text
    assert "少记了一小时" in listed
    [withdraw] = re.findall(r'href="(/desk/contests/[^"?]+/withdraw)', listed)
    settle = re.findall(
        r'href="(/desk/contests/[^"?]+/settle)', worker.look("/desk").text
    )
    assert "先更正时长" in worker.look(settle[0]).text
    assert resident.send(withdraw).status_code == 303
    [delete] = re.findall(
        r'href="(/desk/contests/[^"?]+/words/delete)',
        resident.look("/me/contests").text,
    )
    assert resident.send(delete).status_code == 303
    assert "words/delete" not in resident.look("/me/contests").text

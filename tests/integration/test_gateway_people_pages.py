"""The desk for people's records: nobody types an id, and whoever is meant is picked by name."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gateway.edge.rpc import Services
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_desk import BRANCH, RECORD
from tests.integration.test_gateway_forms import Visitor

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
CONSENT = {"consent__how": "当面", "consent__on": "2026-06-01"}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("people"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        yield front


@pytest.fixture
def worker(front: Gateway) -> Visitor:
    return Visitor(front, "W1", ("community_worker", COMMUNITY))


@pytest.fixture
def street(front: Gateway) -> Visitor:
    return Visitor(front, "S1", ("street_admin", STREET))


def recorded(worker: Visitor, name: str, phone: str = "13900005678") -> str:
    """The page of somebody new."""
    said = {"name": name, "born": "1950", "contacts__0": phone, **CONSENT}
    sent = worker.send("/desk/people/new", community=COMMUNITY, **said)
    assert sent.status_code == 303, sent.text
    return sent.headers["Location"]


def option(page: str, words: str) -> str:
    """What is sent for the choice of those words."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(words)}', page)
    assert found, page
    return found[1]


def test_somebody_is_recorded_found_and_let_in_by_page(
    front: Gateway, worker: Visitor
) -> None:
    one = recorded(worker, "欧阳春", "13900005679")
    found = worker.send("/desk/people", name="欧阳")
    assert f'href="{one}"' in found.text
    assert "尾号 5679" in found.text
    assert "登录验证码" not in worker.look(one).text
    opened = worker.send(f"{one}/account", phone="13812340001")
    assert opened.headers["Location"] == one
    shown = worker.look(one).text
    assert "138****0001" in shown
    assert "停用账号" in shown
    assert "恢复账号" not in shown
    assert "开通账号" not in shown
    given = worker.send(f"{one}/desk-code").headers["Location"]
    assert re.search(r"<strong>[0-9]{6}</strong>", worker.look(given).text)
    other = Visitor(front, "W2", ("community_worker", COMMUNITY))
    assert not re.search(r"<strong>[0-9]{6}</strong>", other.look(given).text)
    invited = worker.send(f"{one}/invitation").headers["Location"]
    assert "/invite#" in worker.look(invited).text


def test_who_may_do_what_is_asked_of_the_service_once(
    worker: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, asked = recorded(worker, "端木夏"), []
    learned = Services.roles

    def roles(services: Services, service: str, within_s: float) -> Any:
        asked.append(service)
        return learned(services, service, within_s)

    monkeypatch.setattr(Services, "roles", roles)
    for _ in range(2):
        assert f"{one}/account" in worker.look(one).text
    assert len(asked) == len(set(asked)), asked


def test_a_record_is_changed_by_who_sees_all_of_it(worker: Visitor) -> None:
    """What is left out is not kept: a form that shows less would lose the rest."""
    one = recorded(worker, "司徒夏", "13900005680")
    refused = worker.look(f"{one}/change")
    assert (refused.status_code, "先“查看完整资料”" in refused.text) == (409, True)
    assert worker.send(f"{one}/reveal", reason="核对身份").headers["Location"] == one
    form = worker.look(f"{one}/change").text
    kept = dict(re.findall(r'name="([^"]+)"[^>]* value="([^"]+)"', form))
    assert kept["contacts/0"].endswith("13900005680")
    assert kept["born"] == "1950"
    said = kept | {"name": "司徒夏秋"}
    assert worker.post(f"{one}/change", said).status_code == 303
    assert "13900005680" in worker.look(one).text


def test_who_acts_for_somebody_is_picked_by_name_and_the_consent_written_down(
    worker: Visitor,
) -> None:
    one, holder = recorded(worker, "诸葛冬"), recorded(worker, "诸葛明")
    page = f"{one}/links"
    term = {"kind": "household", "until": "2026-12-31", **CONSENT}
    found = worker.send(page, sought__holder="诸葛明", seeking="holder", **term)
    assert 'value="2026-12-31"' in found.text
    id = option(found.text, "诸*")
    assert holder.endswith(id)
    undated = worker.send(page, holder=id, **term | {"consent__on": ""})
    assert undated.status_code == 422
    assert 'id="consent/on-error"' in undated.text
    assert worker.send(page, holder=id, **term).headers["Location"] == one
    [end] = re.findall(r'href="(/desk/links/[^"?]+/end)', worker.look(one).text)
    assert worker.send(end).status_code == 303
    assert "已结束" in worker.look(one).text


def test_a_role_is_given_and_taken_by_names(
    front: Gateway, worker: Visitor, street: Visitor
) -> None:
    one = recorded(worker, "上官云")
    page = street.look(f"{one}/roles").text
    office = {
        "role": option(page, "社区工作者"),
        "scope": option(page, "望平社区"),
        "basis": "聘用",
    }
    assert street.send(f"{one}/roles", **office).headers["Location"] == one
    shown = street.look(one).text
    assert "社区工作者（望平社区）" in shown
    assert f"{one}/roles" not in worker.look(one).text
    [revoke] = re.findall(r'href="(/desk/roles/[^"?]+/revoke)', shown)
    assert street.send(revoke, reason="离任").status_code == 303


def test_two_records_of_one_are_picked_by_name(worker: Visitor) -> None:
    into, gone = recorded(worker, "慕容雪"), recorded(worker, "慕容雪梅")
    page = f"{into}/merge"
    found = worker.send(
        page, sought__person="慕容雪梅", seeking="person", basis="登记重复"
    )
    id = option(found.text, "慕*")
    assert gone.endswith(id)
    sent = worker.send(page, person=id, basis="登记重复")
    assert sent.headers["Location"] == into
    assert "/withdraw" in worker.look(into).text


def test_a_resident_sees_their_own_and_nobody_elses(
    front: Gateway, worker: Visitor
) -> None:
    one = recorded(worker, "公孙木")
    id = one.rpartition("/")[2]
    own = Visitor(front, id, ("resident", COMMUNITY))
    page = own.look(one)
    assert "公孙木" in page.text
    assert f"{one}/desk-code" not in page.text
    assert Visitor(front, "R9").look(one).status_code == 404
    assert own.look(f"{one}/merge").status_code == 200
    assert own.send(f"{one}/merge", person=id, basis="登记重复").status_code == 403


def test_what_is_done_with_a_branch_is_found_on_its_page_and_picked_by_name(
    front: Gateway, street: Visitor
) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    front.done("/people", admin, **RECORD)
    branch = front.done("/branches", admin, **BRANCH)["id"]
    about = {"name": "直播行业综合党委", "industry": "网络直播"}
    front.done("/committees", admin, division=DISTRICT, **about)
    page = street.look(f"/branches/{branch}").text
    assert f"/desk/branches/{branch}/oversight?" in page
    assert (
        f"/desk/branches/{branch}"
        not in Visitor(front, "R1").look(f"/branches/{branch}").text
    )
    oversight = f"/desk/branches/{branch}/oversight"
    parent = option(street.look(oversight).text, "直播行业综合党委")
    said = {"kind": "industry", "since": "2026-06-01"}
    assert street.send(oversight, parent=parent, **said).status_code == 303
    assert "直播行业综合党委" in street.look(f"/branches/{branch}").text
    member = f"/desk/branches/{branch}/reports/member"
    there = {"community": COMMUNITY, "on": "2026-06-01"}
    found = street.send(member, sought__person="王秀", seeking="person", **there)
    person = option(found.text, "王*")
    assert street.send(member, person=person, **there).status_code == 303


def test_a_secretary_finds_whom_they_know_by_whole_name_and_number(
    front: Gateway, worker: Visitor
) -> None:
    """They keep no records, and nobody is found by who only tries."""
    admin = front.token("A1", ("district_admin", DISTRICT))
    secretary = front.done("/people", admin, **RECORD)["id"]
    branch = front.done("/branches", admin, **BRANCH)["id"]
    term = {"since": "2026-01-01", "until": "2026-12-31"}
    front.done(f"/branches/{branch}/secretary", admin, person=secretary, **term)
    front.until_held(secretary, admin)
    own = Visitor(front, secretary, ("branch_secretary", f"branch/{branch}"))
    member = recorded(worker, "长孙明", "13900005690")
    assert worker.send(f"{member}/account", phone="13812340090").status_code == 303
    page = f"/desk/branches/{branch}/reports/member"
    there = {"community": COMMUNITY, "on": "2026-06-01"}
    for words in ("长孙明", "长孙 13812340090", "长孙明 13900005690", "13812340090"):
        found = own.send(page, sought__person=words, seeking="person", **there)
        assert member.rpartition("/")[2] not in found.text
    found = own.send(
        page, sought__person="长孙明 13812340090", seeking="person", **there
    )
    person = option(found.text, "长*")
    assert own.send(page, person=person, **there).status_code == 303
    assert "党员报到，望平社区" in own.look("/branch").text

"""The desk: what waits is done from where it stands, by whoever may, and the list grows shorter."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.api import TABLES
from gateway.web import commands
from gateway.web.picking import picker_of
from schemas import fields
from schemas.credit_code import CreditCode
from schemas.people.parts import Phone
from tests.examples import people as examples
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_forms import Visitor

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
RECORD = {**examples.RECORD, "community": COMMUNITY, "consent": examples.CONSENT}
BRANCH = {
    "name": "星河直播党支部",
    "company": "星河传媒",
    "community": COMMUNITY,
    "since": "2026-05-01",
}
NEED = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text(str(JUNE - time.time()))
    with gateway(tmp_path) as front:
        yield front


def tasks(page: str) -> int:
    return page.count('class="card task"')


def links(page: str) -> dict[str, str]:
    return {
        words: to
        for to, words in re.findall(r'href="(/desk/[^"]+)">([^<]+)…</a>', page)
    }


def test_a_worker_verifies_a_need_from_the_list_that_shows_its_words(
    front: Gateway,
) -> None:
    resident = front.token("lin-mei", ("resident", DISTRICT))
    front.done("/needs", resident, community=COMMUNITY, words="楼道<灯>不亮", **NEED)
    worker = Visitor(front, "W1", ("community_worker", COMMUNITY))
    page = worker.look("/desk").text
    assert tasks(page) == 1
    assert "楼道&lt;灯&gt;不亮" in page
    [verify] = [to for to in links(page).values() if to.endswith("/verify")]
    refused = worker.send(verify, urgency="routine")
    assert refused.status_code == 422
    assert re.search('id="title-error">必须填写|必须填写', refused.text)
    done = worker.send(verify, title="楼道照明", urgency="routine")
    assert (done.status_code, done.headers["Location"]) == (303, "/desk")
    assert tasks(worker.look("/desk").text) == 0


def test_a_street_approves_with_one_tap_and_rejects_with_a_reason(
    front: Gateway,
) -> None:
    for who, name in (("lin-mei", "先锋"), ("wang-er", "后进")):
        applicant = front.token(who, ("resident", DISTRICT))
        front.done("/partners", applicant, **_application(name))
    street = Visitor(front, "S1", ("street_admin", STREET))
    page = street.look("/desk").text
    assert tasks(page) == 2
    [form, *_] = re.findall(r'action="(/desk/partners/[^"]+/approve)"', page)
    assert street.send("/desk", to=form).headers["Location"] == "/desk"
    page = street.look("/desk").text
    assert tasks(page) == 1
    [reject] = [to for to in links(page).values() if to.endswith("/reject")]
    assert street.send(reject).status_code == 422
    assert street.send(reject, reason="材料不全").status_code == 303
    assert "现在没有等您办的事" in street.look("/desk").text


def _application(name: str) -> dict[str, object]:
    return {
        "name": f"{name}合唱队",
        "kind": "居民骨干",
        "community": COMMUNITY,
        "categories": ["文化体育"],
        "contact_role": "队长",
    }


def test_who_may_not_settle_it_is_refused_and_nothing_changes(front: Gateway) -> None:
    resident = front.token("lin-mei", ("resident", DISTRICT))
    done = front.done("/needs", resident, community=COMMUNITY, words="灯", **NEED)
    stranger = Visitor(front, "wang-er", ("resident", DISTRICT))
    page = f"/desk/needs/{done['id']}/verify"
    assert stranger.send(page, title="我来", urgency="routine").status_code in (
        403,
        404,
    )
    assert front.client.get(page).status_code == 303
    assert front.client.post(page).status_code == 401


def test_a_secretary_is_found_by_name_and_picked_and_no_address_has_the_name(
    front: Gateway,
) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    person = front.done("/people", admin, **RECORD)["id"]
    branch = front.done("/branches", admin, **BRANCH)["id"]
    street = Visitor(front, "S1", ("street_admin", STREET))
    page = f"/desk/branches/{branch}/secretary"
    assert "还没有查找" in street.look(page).text
    term = {"since": "2026-06-01", "until": "2028-12-31"}
    nobody = street.send(page, sought__person="李", seeking="person", **term)
    assert "没有找到这样的人" in nobody.text
    found = street.send(page, sought__person="王秀", seeking="person", **term)
    assert found.status_code == 200
    assert f'<option value="{person}">王*（尾号 5678）</option>' in found.text
    assert all(f'value="{day}"' in found.text for day in term.values())
    assert not front.get(f"/branches/{branch}", admin).get_json().get("secretary")
    done = street.send(page, person=person, **term)
    assert (done.status_code, done.headers["Location"]) == (303, "/desk")
    secretary = front.get(f"/branches/{branch}", admin).get_json()["secretary"]
    assert secretary == person


def test_a_command_has_a_page_when_nobody_must_type_an_id_for_it() -> None:
    for table in TABLES:
        for route in filter(commands.has_a_page, table.routes):
            for name, field in route.schema().fields.items():
                is_code = isinstance(field, fields.Code) and field.required
                said = (*route.parameters, *commands.told_to(route))
                if is_code and name not in said:
                    is_picked = picker_of(route, name) is not None
                    is_known = isinstance(field, (CreditCode, Phone))
                    is_read_off = commands.is_written(route, name)
                    assert is_picked or is_known or is_read_off, route.name

"""What is held of somebody: all of it shown to them alone, and gone when they say so."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_acting import (
    CONSENT,
    JUNE,
    NEED_SAID,
    opened,
    party,
    recorded,
    worker,
)
from tests.integration.test_gateway_forms import Visitor
from tests.integration.test_gateway_weight import ALLOWED, LATIN, ULID, visible

WORDS = "楼道灯坏了，晚上看不见"


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text(str(JUNE - time.time()))
    with gateway(tmp_path) as front:
        yield front


def lived(front: Gateway, name: str = "欧阳秀英") -> str:
    """Somebody recorded, signed up, and in need of something."""
    person = recorded(front, name)
    activity = opened(front)
    front.done(f"/activities/{activity}/signups", worker(front), **party(person))
    own = front.token(person, ("resident", DISTRICT))
    front.done("/needs", own, **NEED_SAID, community=COMMUNITY, words=WORDS)
    agreed = {"purpose": "photos", **CONSENT}
    front.done(f"/people/{person}/consents", own, **agreed)
    return person


def data(front: Gateway, person: str) -> dict[str, Any]:
    own = front.token(person, ("resident", DISTRICT))
    answer: dict[str, Any] = front.get("/me/data", own).get_json()
    return answer


def held(answer: dict[str, Any]) -> dict[str, set[str]]:
    return {
        service["service"]: {one["collection"] for one in service["documents"]}
        for service in answer["services"]
    }


def test_every_service_tells_what_it_holds_of_who_asks(front: Gateway) -> None:
    person = lived(front)
    answer = data(front, person)
    kept = held(answer)
    assert {"persons", "consents"} <= kept["people"]
    assert {"signups", "seats", "acted"} <= kept["activities"]
    assert "needs" in kept["cobuild"]
    text = json.dumps(answer, ensure_ascii=False)
    assert "欧阳秀英" in text
    assert WORDS in text
    assert answer["missing"] == []


def test_nobody_is_told_what_is_held_of_another_or_what_lets_in(front: Gateway) -> None:
    person = lived(front)
    other = data(front, recorded(front, "令狐国强"))
    assert person not in json.dumps(other)
    assert front.get("/me/data").status_code == 401
    text = json.dumps(data(front, person))
    assert not any(word in text for word in ('"hash"', "argon2", "code_hash"))


def test_one_sees_it_in_a_page_and_erases_it_from_there(front: Gateway) -> None:
    person = lived(front)
    me = Visitor(front, person, ("resident", DISTRICT))
    page = me.look("/me/data")
    assert page.headers["Cache-Control"] == "no-store"
    assert WORDS in page.text
    assert "/me/erase" in page.text
    asked = me.look("/me/erase").text
    assert "会消失的" in asked
    assert "会留下的" in asked
    assert me.send("/me/erase").status_code == 303
    for host in front.bus.hosts.values():
        if "people" in host.followers:
            host.followers["people"].catch_up()
    text = json.dumps(data(front, person), ensure_ascii=False)
    assert WORDS not in text
    assert "欧阳" not in text


def test_the_page_says_in_words_what_the_file_says_to_programs(front: Gateway) -> None:
    person = lived(front)
    page = Visitor(front, person, ("resident", DISTRICT)).look("/me/data").text
    words = visible(page)
    assert ULID.findall(words) == []
    assert set(LATIN.findall(words)) <= ALLOWED
    for said in ("欧阳秀英", "望平社区", "待核实"):
        assert said in words, said


def test_the_form_erases_nobody_else(front: Gateway) -> None:
    person, other = lived(front), recorded(front, "令狐国强")
    me = Visitor(front, other, ("resident", DISTRICT))
    assert me.send("/me/erase", person=person).status_code in (403, 404)
    assert "欧阳秀英" in json.dumps(data(front, person), ensure_ascii=False)


def test_the_district_sees_that_nothing_is_overdue(front: Gateway) -> None:
    recorded(front)
    admin = front.token("A1", ("district_admin", DISTRICT))
    counted = front.get(f"/people/overdue?division={DISTRICT}", admin).get_json()
    assert counted == {"kept": 1, "overdue": 0}
    page = Visitor(front, "A1", ("district_admin", DISTRICT)).look("/district").text
    assert "超期未删除：0" in page
    resident = Visitor(front, "lin-mei", ("resident", DISTRICT)).look("/district")
    assert "超期未删除" not in resident.text


def test_json_is_masked_as_the_page_is(front: Gateway) -> None:
    """In every answer to who works there, but for five minutes to who has said why."""
    elder, by = recorded(front, "欧阳秀英"), worker(front)
    find = {"division": DISTRICT, "name": "欧阳"}
    answers = [
        front.get(f"/people/{elder}", by),
        front.get(f"/people?division={COMMUNITY}", by),
        front.client.post(
            "/api/v1/people/find",
            json=find,
            headers={"Authorization": f"Bearer {by}"},
        ),
        front.post(f"/people/{elder}/change", by, name="欧阳秀瑛"),
        front.post(f"/people/{elder}/move", by, community=COMMUNITY),
    ]
    assert [answer.status_code for answer in answers] == [200] * 5
    for answer in answers:
        assert "欧阳" not in answer.text
        assert "13900005678" not in answer.text
    front.done(f"/people/{elder}/reveal", by, reason="联系本人")
    shown = front.get(f"/people/{elder}", by).get_json()
    assert (shown["name"], shown["plain"]) == ("欧阳秀瑛", True)

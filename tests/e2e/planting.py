"""Somebody's words, got in by every way a person's words get in."""

import json
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from schemas.exchange.doorstep import DOOR
from schemas.fields import instant
from services.kit.actor import Role
from services.kit.bearers import tokens
from tests.clocks import HUNG_S, wait_until
from tests.examples.grids import COMMANDS as OF_GRIDS
from tests.examples.partners import COMMANDS as OF_PARTNERS
from tests.servers import Platform, text

COMMUNITY, STREET, DISTRICT = "510108002001", "510108002", "510108"
NAME, NEW_NAME = "欧阳灼灼", "欧阳烁烁"
CONTACTS = ("13912345671", "13912345672", "13912345673")
PHONE, PASSWORD = "13812345674", "zebra crossing 76"
NEED, APPEAL = "植下的需求甲", "植下的申诉乙"
CONSENTED, WITHDRAWN = "植下的同意丙", "植下的撤回丁"
PARTNER = "植下的合唱队戊"
LABEL, READING, CARED = "植下的门牌己", "植下的血压庚", "植下的缘由辛"
FOUND, QUARREL = "植下的发现壬", "植下的争执癸"
WRITTEN_FOR, ANSWERED = "植下的代写子", "植下的回答丑"
RATED, CONTESTED = "植下的评价寅", "植下的异议卯"
ADDRESS = "planted.somebody@example.org"
PLANTED = (
    NAME, NEW_NAME, *CONTACTS, PHONE, PASSWORD, NEED, APPEAL, CONSENTED, WITHDRAWN, PARTNER,
    LABEL, READING, CARED, FOUND, QUARREL, WRITTEN_FOR, ANSWERED, RATED, CONTESTED, ADDRESS,
)  # fmt: skip
CHOIR = {"title": "合唱", "category": "邻里节庆", "place": "活动室", "capacity": 9}
WANTED = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
BUSY = 503
HEADINGS = "姓名,出生年月,联系电话,社区代码,怎样同意的,同意日期"


def answered(asked: Request) -> bytes:
    """Nothing where it is to be asked again."""
    try:
        with urlopen(asked, timeout=HUNG_S) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        return b"" if error.code == BUSY else error.read()


@dataclass
class Front:
    """A running platform, asked over HTTP; what it said is remembered."""

    running: Platform
    clock: Path

    def pass_hours(self, hours: int) -> None:
        self.clock.write_text(str(hours * 3600))

    def token(self, id: str, role: str, scope: str) -> str:
        return tokens.issue(self.running.settings, id, [Role(role, scope)], hours=1)

    def ask(
        self, path: str, token: str, data: bytes | None = None, kind: str = ""
    ) -> bytes:
        """The answer; asked again under the same key while the machine is too busy to give one."""
        headers = {"Authorization": f"Bearer {token}"}
        if data is not None:
            headers |= {"Content-Type": kind, "Idempotency-Key": uuid.uuid4().hex}
        asked = Request(f"http://{text(self.running.address)}{path}", data, headers)
        return wait_until(lambda: answered(asked))

    def get(self, path: str, token: str) -> Any:
        return json.loads(self.ask(f"/api/v1{path}", token))

    def done(self, path: str, token: str, **body: Any) -> Any:
        data = json.dumps(body).encode()
        said = json.loads(self.ask(f"/api/v1{path}", token, data, "application/json"))
        assert "document" in said, said
        return said["document"]


def spelt(word: str) -> tuple[bytes, bytes]:
    """As UTF-8 and as JSON may write it."""
    return word.encode(), json.dumps(word)[1:-1].encode()


def found_in(content: bytes) -> set[str]:
    return {word for word in PLANTED if any(each in content for each in spelt(word))}


def live(front: Front) -> str:
    """Imported from a list, changed, let in, in need, turned down, a partner, and at an activity. Returns who it is."""
    worker = front.token("W1", "community_worker", COMMUNITY)
    on = time.strftime("%Y-%m-%d", time.localtime(time.time() - 2 * 24 * 3600))
    row = f"{NAME},1950,{CONTACTS[0]}、{CONTACTS[1]},{COMMUNITY},当面,{on}"
    for line in (row.replace("1950", "195O"), row):
        sheet = f"\ufeff{HEADINGS}\r\n{line}\r\n".encode()
        front.ask("/api/v1/imports/people", worker, sheet, "text/csv")
    [one] = front.get(f"/people?division={COMMUNITY}", worker)["items"]
    person: str = one["id"]
    front.done(
        f"/people/{person}/change", worker, name=NEW_NAME, contacts=[CONTACTS[2]]
    )
    _let_in(front, person, worker)
    consent = {"how": "当面", "on": on}
    agreed = {"purpose": "photos", "words": CONSENTED} | consent
    given = front.done(f"/people/{person}/consents", worker, **agreed)["id"]
    front.done(f"/consents/{given}/withdraw", worker, words=WITHDRAWN, **consent)
    own = front.token(person, "resident", DISTRICT)
    at = {"channel": "mail", "address": ADDRESS}
    front.done("/me/notices/addresses", own, **at)
    _in_need(front, person, worker)
    _in_need_by_a_worker(front, person, worker)
    _at_a_door(front, worker)
    _at_an_activity(front, person, worker)
    wait_until(lambda: _was_tried(front, own))
    return person


def _was_tried(front: Front, own: str) -> bool:
    """Whether a mail to them was on its way, which nobody takes."""
    deliveries = front.get("/notices/deliveries?state=waiting,failed,unknown", own)[
        "items"
    ]
    return any(one.get("code") == "not_reached" for one in deliveries)


def _let_in(front: Front, person: str, worker: str) -> None:
    sent = front.done(f"/people/{person}/invitation", worker)
    shown = front.get(f"/invitations/{sent['id']}", worker)
    secret = shown["path"].partition("=")[2]
    said = {"secret": secret, "phone": PHONE, "password": PASSWORD}
    address = f"http://{text(front.running.address)}"
    headers = {"Content-Type": "application/json", "Origin": address}
    data = json.dumps(said).encode()
    asked = Request(f"{address}/sign-in/invitation", data, headers)
    wait_until(lambda: answered(asked))


def _at_a_door(front: Front, worker: str) -> None:
    """Imported from a table, gone to by a phone that queued what nobody may write down, cared for, quarrelled at."""
    here = {"community": COMMUNITY, "grid": "W-0201"}
    admin = front.token("A1", "district_admin", DISTRICT)
    front.done("/grids", admin, **here, name="第一微网格", valid_from="2026-01-01")
    sheet = f"{','.join(DOOR.values())}\r\n{COMMUNITY},W-0201,1,,{LABEL}\r\n"
    report = front.ask("/api/v1/imports/doors", worker, sheet.encode(), "text/csv")
    (row,) = json.loads(report)["rows"]
    front.ask(
        "/api/v1/imports/doors",
        worker,
        sheet.replace(",1,", ",0,").encode(),
        "text/csv",
    )
    now = instant(datetime.now(UTC))
    visit = {"door": row["id"], "outcome": "met", "device": "phone-1", "at": now}
    answers = [{"item": "gas", "value": READING}]
    queue = [visit | {"nonce": "n-1"}, visit | {"nonce": "n-2", "answers": answers}]
    said = json.dumps({"device_now": now, "visits": [*queue, READING]})
    came = front.ask("/api/v1/visits/queued", worker, said.encode(), "application/json")
    assert [one["outcome"] for one in json.loads(came)["rows"]] == [
        "recorded",
        "refused",
        "refused",
    ]
    front.done(
        "/cares", worker, **OF_GRIDS["begin_care"] | {"door": row["id"], "words": CARED}
    )
    advice = {"door": row["id"], "kind": "gas", "urgency": "routine", "route": "advice"}
    front.done("/findings", worker, **advice, words=FOUND)
    front.done("/mediations", worker, **here, kind="noise", words=QUARREL)
    _numbered_twice(front, worker, here, row["id"])


def _numbered_twice(front: Front, worker: str, here: Any, door: str) -> None:
    """The refusal names both doors to who goes there."""
    other = front.done("/doors", worker, **here, walk=2, label=LABEL)["id"]
    walks = [{"door": one, "walk": 5} for one in (door, other)]
    said = json.dumps({"community": COMMUNITY, "doors": walks}).encode()
    address = "/api/v1/walks/W-0201/renumber"
    refused = front.ask(address, worker, said, "application/json")
    assert found_in(refused) == {LABEL}


def _in_need(front: Front, person: str, worker: str) -> None:
    own = front.token(person, "resident", DISTRICT)
    wanted = WANTED | {"community": COMMUNITY, "words": NEED}
    need = front.done("/needs", worker, **wanted, on_behalf_of=person)["id"]
    front.done(f"/needs/{need}/reject", worker, reason="请先问物业")
    front.done(f"/needs/{need}/appeal", own, words=APPEAL)
    application = OF_PARTNERS["apply"] | {"name": PARTNER, "community": COMMUNITY}
    front.done("/partners", own, **application)


def _in_need_by_a_worker(front: Front, person: str, worker: str) -> None:
    """Who names whom it is for, and asks and answers for them."""
    wanted = WANTED | {"community": COMMUNITY, "words": WRITTEN_FOR}
    need = front.done("/needs", worker, **wanted, beneficiary=person)["id"]
    front.done(f"/needs/{need}/ask", worker, words="几楼？")
    front.done(f"/needs/{need}/answer", worker, words=ANSWERED)


def _at_an_activity(front: Front, person: str, worker: str) -> None:
    """They come, and say what it was like; once it is over a worker contests their hours for them."""
    now, own = datetime.now(UTC), front.token(person, "resident", DISTRICT)
    starts, ends = (instant(now + timedelta(minutes=after)) for after in (40, 100))
    posting = CHOIR | {"host": f"community/{COMMUNITY}", "community": COMMUNITY}
    times = {"starts_at": starts, "ends_at": ends}
    id = front.done("/activities", worker, **posting, **times)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", worker)
    party = [{"person": person, "relation": "self"}]
    front.done(f"/activities/{id}/signups", own, party=party)
    front.done(f"/activities/{id}/start", worker)
    front.done(f"/activities/{id}/checkins", worker, person=person)
    front.done(f"/activities/{id}/ratings", own, score=5, words=RATED)
    front.pass_hours(3)
    said = {"person": person, "words": CONTESTED}
    front.done(f"/activities/{id}/contests", worker, **said)

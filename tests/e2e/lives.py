"""Somebody to whom everything happens in which a person's words are written down."""

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import Request

from schemas.documents import Json
from schemas.exchange.doorstep import DOOR
from schemas.fields import instant
from tests.clocks import wait_until
from tests.e2e.planting import (
    ADDRESS,
    ANNOUNCED,
    ANSWERED,
    APPEAL,
    CARED,
    COMMUNITY,
    CONSENTED,
    CONTACTS,
    CONTESTED,
    DISCUSSED,
    DISPUTED,
    DISTRICT,
    FOUND,
    LABEL,
    NAME,
    NEED,
    NEW_NAME,
    OF_PARTNER,
    OF_UNIT,
    PARTNER,
    PASSWORD,
    PHONE,
    QUARREL,
    RATED,
    READING,
    REPORTED,
    STREET,
    WITHDRAWN,
    WRITTEN_FOR,
    Front,
    answered,
    found_in,
)  # fmt: skip
from tests.examples.cobuild import COMMANDS as OF_COBUILD
from tests.examples.grids import COMMANDS as OF_GRIDS
from tests.examples.partners import COMMANDS as OF_PARTNERS
from tests.servers import text

CHOIR = {"title": "合唱", "category": "邻里节庆", "place": "活动室", "capacity": 9}
WANTED = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
HEADINGS = "姓名,出生年月,联系电话,社区代码,怎样同意的,同意日期"


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
    _in_an_office(front, person, worker)
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
    partner = front.done("/partners", own, **application)["id"]
    street = front.token("S1", "street_admin", STREET)
    front.done(f"/partners/{partner}/reject", street, reason="材料不全")
    front.done(f"/partners/{partner}/appeal", own, words=OF_PARTNER)


def _in_need_by_a_worker(front: Front, person: str, worker: str) -> None:
    """Who names whom it is for, and asks and answers for them."""
    wanted = WANTED | {"community": COMMUNITY, "words": WRITTEN_FOR}
    need = front.done("/needs", worker, **wanted, beneficiary=person)["id"]
    front.done(f"/needs/{need}/ask", worker, words="几楼？")
    front.done(f"/needs/{need}/answer", worker, words=ANSWERED)


def _in_an_office(front: Front, person: str, worker: str) -> None:
    """They speak for a unit, and as whose need another works on."""
    own = front.token(person, "resident", DISTRICT)
    street = front.token("S1", "street_admin", STREET)
    asks = OF_COBUILD["register_unit"] | {"community": COMMUNITY}
    anybodys = front.token(person, "unit_liaison", "")
    unit = front.done("/units", anybodys, **asks)["id"]
    front.done(f"/units/{unit}/reject", street, reason="材料不全")
    front.done(f"/units/{unit}/appeal", anybodys, words=OF_UNIT)
    another = front.token("S2", "street_admin", STREET)
    decided = {"upheld": True, "reason": "材料齐全"}
    front.done(f"/units/{unit}/appeal/decide", another, **decided)
    front.done(f"/units/{unit}/approve", another)
    of_unit = f"unit/{unit}"
    theirs = front.token(person, "unit_liaison", of_unit)
    other = front.token("L1", "unit_liaison", of_unit)
    _worked_on(front, worker, unit, theirs, REPORTED)
    theirs_to_judge = {"beneficiary": person}
    commitment = _worked_on(front, worker, unit, other, "换了灯", **theirs_to_judge)
    front.done(f"/commitments/{commitment['id']}/messages", own, words=DISCUSSED)
    front.done(f"/needs/{commitment['need']}/dispute", own, words=DISPUTED)


def _worked_on(
    front: Front, worker: str, unit: str, liaison: str, words: str, **of: str
) -> Json:
    wanted = WANTED | {"community": COMMUNITY, "words": "灯不亮"}
    need = front.done("/needs", worker, **wanted, **of)["id"]
    verified = {"title": "换灯一户", "urgency": "routine"}
    front.done(f"/needs/{need}/verify", worker, **verified)
    due = (datetime.now(UTC) + timedelta(days=5)).date().isoformat()
    commitment: Json = front.done(f"/needs/{need}/claim", liaison, unit=unit, due=due)
    path = f"/commitments/{commitment['id']}"
    front.done(f"{path}/begin", liaison)
    front.done(f"{path}/fulfil", liaison, words=words, served=1)
    return commitment


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
    host = front.token(person, "community_worker", COMMUNITY)
    front.done(f"/activities/{id}/messages", host, words=ANNOUNCED)
    front.done(f"/activities/{id}/start", worker)
    front.done(f"/activities/{id}/checkins", worker, person=person)
    front.done(f"/activities/{id}/ratings", own, score=5, words=RATED)
    front.pass_hours(3)
    said = {"person": person, "words": CONTESTED}
    front.done(f"/activities/{id}/contests", worker, **said)

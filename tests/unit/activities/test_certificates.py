"""Certificates: who issues one, what it says, and how little its code tells."""

from dataclasses import replace

import marshmallow as ma
import pytest

from schemas.activities.certificates import IssueCertificate
from schemas.documents import Json
from services.activities.model.lifecycles import CERTIFICATE
from services.activities.rules import certificates, codes, corrections
from services.activities.service import Activities
from services.activities.views import certificates as certified
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import asked, refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    happens,
    held,
    record_all,
    scan,
)
from tests.unit.activities.stage import KEY, resident, secretary, street_admin
from tests.walk import Walk

PERIOD = {
    "person": "R1",
    "issuer": "branch/B1",
    "since": "2026-06-01",
    "until": "2026-06-14",
}
ISSUER = secretary(now=LATER, new_id="K1")
CODE = codes.certificate_code("K1", KEY)


def been() -> Overlay:
    return record_all(
        held("R1"), [scan("R1", "in", 5, "N1"), scan("R1", "out", 95, "N2")]
    )


def issue(docs: Overlay, who: Asked = ISSUER, **changes: str) -> Fact:
    return certificates.issue_certificate(docs, {**PERIOD, **changes}, who, KEY)


def issued() -> Overlay:
    docs = been()
    happens(docs, issue(docs))
    return docs


def revoke(docs: Overlay, who: Asked = ISSUER) -> Fact:
    return certificates.revoke_certificate(
        docs, {"certificate": "K1", "reason": "给错了人"}, who
    )


def verify(docs: Overlay, code: str = CODE) -> Json:
    return certified.verify_certificate(docs, {"code": code}, asked(id="anonymous"))


def test_every_step_of_a_certificate_in_every_state() -> None:
    Walk(
        Activities, CERTIFICATE, "certificates", "K1", issued, {"revoke": revoke}
    ).try_everything()


def test_a_certificate_says_how_much_and_not_its_code() -> None:
    data = issue(been()).data
    assert (data["minutes"], data["sessions"], data["issuer"], data["by"]) == (
        90,
        1,
        "branch/B1",
        "S1",
    )
    assert CODE not in str(data)
    assert data["code_hash"] == codes.hash_of(CODE)


def again(docs: Overlay, id: str, **changes: str) -> Json:
    """Issued once more, under another id."""
    fact = issue(docs, secretary(now=LATER, new_id=id), **changes)
    happens(docs, fact)
    return {
        name: fact.data[name] for name in ("repeats", "replaces") if name in fact.data
    }


def corrected(docs: Overlay, minutes: int) -> None:
    said = {
        "activity": ACTIVITY,
        "session": SESSIONS[0],
        "person": "R1",
        "attended": True,
        "reason": "按名单",
    }
    happens(
        docs,
        corrections.correct_hours(
            docs, {**said, "minutes": minutes}, secretary(now=LATER)
        ),
    )


def shown(docs: Overlay, id: str) -> Json:
    return certified.get_certificate(docs, {"certificate": id}, ISSUER, KEY)


def test_a_second_certificate_of_the_same_says_that_it_repeats_the_first() -> None:
    docs = issued()
    assert again(docs, "K2") == {"repeats": "K1"}
    assert verify(docs, codes.certificate_code("K2", KEY))["repeats"] is True
    assert "repeats" not in verify(docs)
    assert again(docs, "K3", until="2026-06-13") == {}


def test_one_of_other_hours_replaces_it_and_the_first_says_so_to_all() -> None:
    docs = issued()
    corrected(docs, 60)
    assert again(docs, "K2") == {"replaces": "K1"}
    first = verify(docs)
    assert (first["state_text"], first["replaced_on"]) == (
        "已由新证明替代",
        "2026-06-14",
    )
    assert (shown(docs, "K1")["replaced_by"], "replaced_by" in shown(docs, "K2")) == (
        "K2",
        False,
    )
    assert again(docs, "K3") == {"repeats": "K2"}
    corrected(docs, 50)
    assert again(docs, "K4") == {"replaces": "K3"}


def test_what_was_revoked_is_neither_repeated_nor_replaced() -> None:
    docs = issued()
    happens(docs, revoke(docs))
    assert again(docs, "K2") == {}
    corrected(docs, 60)
    assert again(docs, "K3") == {"replaces": "K2"}
    happens(
        docs,
        certificates.revoke_certificate(
            docs, {"certificate": "K3", "reason": "错"}, ISSUER
        ),
    )
    assert shown(docs, "K2")["state_text"] == "有效"
    assert again(docs, "K4") == {"replaces": "K2"}


def test_a_code_has_at_least_a_hundred_bits_and_each_certificate_its_own() -> None:
    many = {codes.certificate_code(f"K{number}", KEY) for number in range(200)}
    assert len(many) == 200
    assert all(len(code) * 5 == codes.CODE_BITS >= 100 for code in many)
    assert codes.certificate_code("K1", b"another key") != CODE


@pytest.mark.parametrize("issuer", ["510108", "510108002"])
def test_district_and_street_certify_what_took_place_there(issuer: str) -> None:
    who = asked(("district_admin", "510108"), id="D1", now=LATER, new_id="K1")
    assert issue(been(), who, issuer=issuer).data["minutes"] == 90
    with refused("out_of_scope", Forbidden):
        issue(been(), street_admin(now=LATER, street="510108009"), issuer=issuer)


def test_a_host_certifies_what_it_held_and_nobody_for_it() -> None:
    with refused("not_your_host", Forbidden):
        issue(been(), resident("R1", now=LATER))
    worker = asked(("community_worker", "510108002001"), id="W1", now=LATER)
    with refused("nothing_to_certify"):
        issue(been(), worker, issuer="community/510108002001")


def test_only_the_days_asked_for_are_certified() -> None:
    with refused("nothing_to_certify"):
        issue(been(), since="2026-06-14")
    assert issue(been(), since="2026-06-13", until="2026-06-13").data["sessions"] == 1
    with refused("period_not_over"):
        issue(been(), until="2026-06-15")
    with refused("nothing_to_certify"):
        issue(been(), person="R2")


def test_a_certificate_is_about_so_many_attendances_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(certificates, "MOST_CERTIFIED", 1)
    docs = been()
    assert issue(docs).data["sessions"] == 1
    there = [
        scan("R1", "in", 305, "N3", SESSIONS[2]),
        scan("R1", "out", 400, "N4", SESSIONS[2]),
    ]
    with refused("too_many_to_certify"):
        issue(record_all(docs, there))


def test_the_code_tells_no_more_than_it_must() -> None:
    told = verify(issued())
    assert told == {
        "state": "valid",
        "state_text": "有效",
        "person": "R***",
        "issuer": "branch/B1",
        "issuer_name": "演示支部",
        "issued_on": "2026-06-14",
        "since": "2026-06-01",
        "until": "2026-06-14",
        "minutes": 90,
        "corrected": False,
        "minutes_now": 90,
    }


@pytest.mark.parametrize(
    ("person", "shown"),
    [
        ("R1", "R***"),
        ("R1-chi", "R***"),
        ("R1-chil", "R***il"),
        ("R1-child", "R***ld"),
        ("01K0ACT0000000000000000001", "0***01"),
    ],
)
def test_a_person_is_masked(person: str, shown: str) -> None:
    assert certificates.masked(person) == shown


def test_what_was_corrected_afterwards_is_said_with_the_figure_of_now() -> None:
    docs = issued()
    about = {
        "activity": ACTIVITY,
        "session": SESSIONS[0],
        "person": "R1",
        "reason": "按名单",
    }
    command = {**about, "attended": True, "minutes": 60}
    happens(docs, corrections.correct_hours(docs, command, ISSUER))
    told = verify(docs)
    assert (told["minutes"], told["corrected"], told["minutes_now"]) == (90, True, 60)
    assert (
        certified.get_certificate(docs, {"certificate": "K1"}, resident("R1"), KEY)[
            "minutes_now"
        ]
        == 60
    )


def test_a_revoked_certificate_says_so_and_why_only_to_its_holder() -> None:
    docs = issued()
    happens(docs, revoke(docs))
    told = verify(docs)
    assert (told["state"], told["revoked_on"]) == ("revoked", "2026-06-14")
    assert "给错了人" not in str(told)
    assert (
        certified.get_certificate(docs, {"certificate": "K1"}, resident("R1"), KEY)[
            "reason"
        ]
        == "给错了人"
    )


def test_a_code_nobody_was_given_is_unknown() -> None:
    with refused("not_found", Unknown):
        verify(issued(), CODE[:-1] + ("A" if CODE[-1] != "A" else "B"))


def test_nobody_certifies_their_own_hours_by_a_key_of_theirs() -> None:
    machine = replace(ISSUER, actor=replace(ISSUER.actor, maker="R1"))
    with refused("own_hours", Forbidden):
        issue(been(), machine)
    of_another = replace(ISSUER, actor=replace(ISSUER.actor, maker="R2"))
    assert issue(been(), of_another).type == "certificate_issued.v1"


def test_nobody_certifies_their_own_hours() -> None:
    who = secretary(now=LATER, id="S1")
    with refused("own_hours", Forbidden):
        issue(been(), who, person="S1")


def test_holder_and_issuer_see_the_code_and_nobody_else_the_certificate() -> None:
    docs = issued()
    question = {"certificate": "K1", "after": None, "limit": 20}
    for who in (resident("R1"), ISSUER):
        assert certified.get_certificate(docs, question, who, KEY)["code"] == CODE
        assert len(certified.certified_services(docs, question, who)["items"]) == 1
    for who in (resident("R2"), secretary(id="S2", now=LATER), street_admin(now=LATER)):
        with refused("not_found", Unknown):
            certified.get_certificate(docs, question, who, KEY)
    with refused("not_found", Unknown):
        certified.get_certificate(docs, {"certificate": "K9"}, ISSUER, KEY)


def test_after_a_change_of_keys_old_codes_hold_and_are_printed_no_more() -> None:
    docs = issued()
    told = certified.get_certificate(docs, {"certificate": "K1"}, ISSUER, b"a new key")
    assert "code" not in told
    assert "已打印的仍可核验" in told["code_text"]
    assert "code_text" not in certified.get_certificate(
        docs, {"certificate": "K1"}, ISSUER, KEY
    )
    assert verify(docs)["state"] == "valid"


def test_a_host_lists_what_it_issued() -> None:
    question = {"issuer": "branch/B1", "after": None, "limit": 20}
    assert [
        one["id"]
        for one in certified.list_certificates(issued(), question, ISSUER)["items"]
    ] == ["K1"]
    with pytest.raises(Forbidden):
        certified.list_certificates(issued(), question, resident("R1"))
    mine = certified.my_certificates(
        issued(), {"after": None, "limit": 20}, resident("R1")
    )
    assert mine["items"][0]["issued_at"] == "2026-06-14T01:00:00.000Z"


def test_a_wrong_issuer_is_told_that_streets_and_districts_issue_too() -> None:
    with pytest.raises(ma.ValidationError, match="或街道、区的代码"):
        IssueCertificate().load({**PERIOD, "issuer": "510108002001"})

"""Through HTTP: nobody takes more than their share, uses up another's, or keeps somebody out by being first."""

from collections import Counter
from collections.abc import Iterator

import pytest

from services.activities.rules.signers import MOST_OF_A_SESSION
from services.xfh.demo.plan import credit_code
from tests.examples import cobuild
from tests.integration.gateway_stage import COMMUNITY, STREET, Gateway, gateway
from tests.integration.test_gateway_parties import opened, party, resident, told, worker

NEED = {
    name: value
    for name, value in cobuild.COMMANDS["raise_need"].items()
    if name not in ("grid", "beneficiary")
}
UNIT = {**cobuild.COMMANDS["register_unit"], "community": COMMUNITY}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as front:
        yield front


def test_one_resident_does_not_fill_every_session_of_an_hour(front: Gateway) -> None:
    """A guest a session is six in all; the seventh is refused, by the resident's own act or by a worker's."""
    activities = [opened(front) for _ in range(8)]
    answers = []
    for number, activity in enumerate(activities[:7]):
        said = party("R1", f"g{number}")[1:]
        answers.append(
            front.post(
                f"/activities/{activity}/signups", resident(front, "R1"), party=said
            )
        )
    assert Counter(each.status_code for each in answers) == {201: 6, 409: 1}
    first = answers[0].get_json()["document"]["id"]
    member = {"person": "aunt", "relation": "family"}
    for answer in (
        front.post(
            f"/activities/{activities[7]}/signups",
            worker(front),
            party=party("R1"),
            by="R1",
        ),
        front.post(f"/signups/{first}/add", resident(front, "R1"), member=member),
        front.post(f"/signups/{first}/add", worker(front), member=member),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (
            409,
            "too_many_at_a_time",
        )


def test_what_a_worker_asks_for_is_counted_apart(front: Gateway) -> None:
    signups = f"/activities/{opened(front)}/signups"
    for _ in range(MOST_OF_A_SESSION):
        id = front.done(signups, worker(front), party=party("R8"), by="R8")["id"]
        front.done(f"/signups/{id}/cancel", worker(front))
    again = front.post(signups, worker(front), party=party("R8"), by="R8")
    assert (again.status_code, again.get_json()["code"]) == (409, "too_many_today")
    assert front.done(signups, resident(front, "R8"), party=party("R8"))


def test_a_worker_uses_up_nothing_of_a_resident_who_hears_of_it(front: Gateway) -> None:
    need = {**NEED, "community": COMMUNITY}
    for _ in range(12):
        front.done("/needs", worker(front), **need, beneficiary="R9")
    assert front.done("/needs", resident(front, "R9"), **need)
    assert "为您提出了一项" in told(front, "R9", "need_raised_for")[0]


def test_who_registers_first_keeps_nobody_out(front: Gateway) -> None:
    unit = {**UNIT, "credit_code": credit_code(7)}
    stranger, owner = (
        front.token(person, ("unit_liaison", f"unit/{person}"))
        for person in ("L1", "L2")
    )
    ids = [front.done("/units", who, **unit)["id"] for who in (stranger, owner)]
    again = front.post("/units", owner, **unit)
    assert (again.status_code, again.get_json()["code"]) == (
        409,
        "duplicate_credit_code",
    )
    street = front.token("A2", ("street_admin", STREET))
    front.done(f"/units/{ids[1]}/approve", street)
    refused = front.post(f"/units/{ids[0]}/approve", street)
    assert (refused.status_code, refused.get_json()["code"]) == (
        409,
        "duplicate_credit_code",
    )
    assert (
        front.post(
            "/units", front.token("L3", ("unit_liaison", "unit/L3")), **unit
        ).status_code
        == 409
    )

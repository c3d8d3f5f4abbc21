"""A household signs up once, whatever is said of it."""

from schemas.documents import Json
from services.activities.rules import parties, signups
from services.activities.service import Activities
from services.activities.views import signups as signups_shown
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY
from tests.given import asked, given_from, refused
from tests.unit.activities.eligible import open_to, sign_up
from tests.unit.activities.stage import BEFORE, resident, secretary


def served(docs: Overlay, person: str, household: str) -> list[Json]:
    """The same, said by the worker of the community for somebody who is not online."""
    worker = asked(
        ("community_worker", "510108002001"), id="W1", now=BEFORE, new_id=f"S-{person}"
    )
    party = [{"person": person, "relation": "self", "household": household}]
    fact = signups.sign_up(
        docs, {"activity": ACTIVITY, "party": party, "by": person}, worker
    )
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    told: list[Json] = fact.data["party"]
    return told


def shares_household(docs: Overlay, signup: str) -> bool:
    """What the host sees of it."""
    return "household_shared" in signups_shown.get_signup(
        docs, {"signup": signup}, secretary()
    )


def test_what_somebody_says_of_a_household_keeps_nobody_out_and_is_seen_by_the_host_alone() -> (
    None
):
    docs = open_to(one_per_household=True)
    sign_up(
        docs, {"person": "R1", "household": "H1"}, {"person": "R2", "household": "H1"}
    )
    assert not shares_household(docs, "S-R1")
    assert sign_up(docs, {"person": "R3", "household": "H1"}, who="R3")
    assert shares_household(docs, "S-R1")
    assert shares_household(docs, "S-R3")
    own = signups_shown.get_signup(docs, {"signup": "S-R3"}, resident("R3"))
    assert "household_shared" not in own
    cancelled = signups.cancel_signup(docs, {"signup": "S-R1"}, resident("R1"))
    given_from(docs, Activities, "activities", cancelled, now=BEFORE)
    assert not shares_household(docs, "S-R3")


def test_the_worker_of_the_community_signs_a_household_up_once_whatever_others_say() -> (
    None
):
    docs = open_to(one_per_household=True)
    sign_up(docs, {"person": "R1", "household": "H1"})
    served(docs, "E1", "H1")
    with refused("household_signed_up"):
        served(docs, "E2", "H1")
    assert sign_up(docs, {"person": "R3", "household": "H1"}, who="R3")
    cancelled = signups.cancel_signup(docs, {"signup": "S-E1"}, resident("E1"))
    given_from(docs, Activities, "activities", cancelled, now=BEFORE)
    assert served(docs, "E2", "H1")


def test_a_household_whose_only_member_passed_the_seat_on_may_sign_up() -> None:
    docs = open_to(one_per_household=True)
    served(docs, "R1", "H1")
    to = {"person": "uncle", "relation": "family", "household": "H2"}
    command = {"signup": "S-R1", "person": "R1", "to": to}
    given_from(
        docs, Activities, "activities", parties.pass_on(docs, command, resident("R1"))
    )
    with refused("household_signed_up"):
        served(docs, "R4", "H2")
    assert served(docs, "R3", "H1")

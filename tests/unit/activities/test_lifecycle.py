"""An activity's life: every step allowed where it is, refused with its name where it is not."""

from collections.abc import Callable

import pytest

from schemas.documents import Json
from services.activities.model.lifecycles import ACTIVITY as LIFE
from services.activities.rules import postings, sessions
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, COMMANDS, OFFERING
from tests.given import given_from
from tests.unit.activities.lifecycle import HISTORIES, SUBMITTED
from tests.unit.activities.stage import (
    BEFORE,
    DRAFTED,
    STARTS,
    fact,
    secretary,
    stage,
    street_admin,
)

Rule = Callable[[Overlay, Json, Asked], Fact]
REVIEW = Fact(
    "review_required.v1", "street/510108002", {"street": "510108002", "required": True}
)
RULES: dict[str, Rule] = {
    "revise": postings.revise,
    "submit": postings.submit,
    "return": postings.send_back,
    "publish": postings.publish,
    "open": postings.open_signups,
    "start": sessions.start,
    "close": sessions.close,
    "cancel": postings.cancel,
    "archive": postings.archive,
}
COMMAND_OF = {
    "return": "return_activity",
    **{step: f"{step}_activity" for step in RULES if step != "return"},
}


def actor_for(step: str, state: str) -> Asked:
    if step == "return" or (step == "publish" and state == "submitted"):
        return street_admin()
    return secretary(now=STARTS if step in {"start", "close"} else BEFORE)


@pytest.mark.parametrize("state", HISTORIES)
@pytest.mark.parametrize("step", RULES)
def test_every_step_is_allowed_from_its_states_and_refused_from_all_others(
    step: str, state: str
) -> None:
    review = [REVIEW] if step == "submit" else []
    docs = stage(*HISTORIES[state], *review)
    command = COMMANDS[COMMAND_OF[step]]
    taken = LIFE.steps[step]
    if state in taken.before:
        event = RULES[step](docs, command, actor_for(step, state))
        given_from(docs, Activities, "activities", event)
        assert docs.the("activities", ACTIVITY)["state"] == (taken.after or state)
        return
    with pytest.raises(Refused) as refusal:
        RULES[step](docs, command, actor_for(step, state))
    assert refusal.value.code == f"cannot_{step}"


def test_where_the_street_reviews_a_draft_must_be_submitted_first() -> None:
    docs = stage(DRAFTED, REVIEW)
    with pytest.raises(Refused) as refusal:
        postings.publish(docs, {"activity": ACTIVITY}, secretary())
    assert refusal.value.code == "review_needed"


def test_where_the_street_does_not_review_there_is_nothing_to_submit() -> None:
    with pytest.raises(Refused) as refusal:
        postings.submit(stage(DRAFTED), {"activity": ACTIVITY}, secretary())
    assert refusal.value.code == "no_review_needed"


def test_only_the_street_of_the_activity_reviews_it() -> None:
    docs = stage(DRAFTED, REVIEW, SUBMITTED)
    with pytest.raises(Forbidden):
        postings.publish(docs, {"activity": ACTIVITY}, secretary())
    with pytest.raises(Unknown):
        postings.publish(docs, {"activity": ACTIVITY}, street_admin(street="510108004"))


def test_what_is_past_is_not_published() -> None:
    with pytest.raises(Refused) as refusal:
        postings.publish(stage(DRAFTED), {"activity": ACTIVITY}, secretary(now=STARTS))
    assert refusal.value.code == "in_the_past"


def test_nobody_moves_an_activity_that_is_not_there() -> None:
    with pytest.raises(Unknown):
        postings.publish(stage(), {"activity": ACTIVITY}, secretary())


def test_the_time_is_not_moved_while_an_offering_is_held_for_it() -> None:
    requested = {
        "offering": OFFERING,
        "host": "branch/B1",
        "starts_at": "2026-06-13T01:00:00.000Z",
    }
    docs = stage(DRAFTED, fact("offering_requested.v1", **requested))
    moved = {**COMMANDS["revise_activity"], "starts_at": "2026-06-13T01:30:00.000Z"}
    with pytest.raises(Refused) as refusal:
        postings.revise(docs, moved, secretary())
    assert refusal.value.code == "offerings_held"
    assert postings.revise(docs, COMMANDS["revise_activity"], secretary())


def test_where_the_street_reviews_no_longer_what_was_submitted_is_published_by_who_posted_it() -> (
    None
):
    lifted = Fact(REVIEW.type, REVIEW.stream, {**REVIEW.data, "required": False})
    docs = stage(DRAFTED, REVIEW, SUBMITTED, lifted)
    for who in (secretary(), street_admin()):
        assert (
            postings.publish(docs, {"activity": ACTIVITY}, who).type
            == "activity_published.v2"
        )
    with pytest.raises(Unknown):
        postings.publish(docs, {"activity": ACTIVITY}, street_admin(street="510108004"))

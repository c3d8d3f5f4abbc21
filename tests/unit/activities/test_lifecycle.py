"""An activity's life: every step allowed where it is, refused with its name where it is not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.lifecycles import ACTIVITY as LIFE
from services.activities.rules import postings, sessions
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import ACTIVITY, COMMANDS, OFFERING, SESSION
from tests.given import asked, given_from
from tests.unit.activities.stage import (
    BEFORE,
    CLOSED,
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    fact,
    secretary,
    stage,
    street_admin,
)
from tests.unit.activities.test_dates import series

Rule = Callable[[Overlay, Json, Asked], Fact]

SUBMITTED = fact("activity_submitted.v1")
ARCHIVED = fact("activity_archived.v1")
CANCELLED = fact("activity_cancelled.v2", sessions=[SESSION], reason="雨")
REVIEW = Fact(
    "review_required.v1", "street/510108002", {"street": "510108002", "required": True}
)

HISTORIES = {
    "draft": [DRAFTED],
    "submitted": [DRAFTED, SUBMITTED],
    "published": [DRAFTED, PUBLISHED],
    "open": [DRAFTED, PUBLISHED, OPENED],
    "running": [DRAFTED, PUBLISHED, OPENED, STARTED],
    "closed": [DRAFTED, PUBLISHED, OPENED, STARTED, CLOSED],
    "archived": [DRAFTED, PUBLISHED, OPENED, STARTED, CLOSED, ARCHIVED],
    "cancelled": [DRAFTED, CANCELLED],
}
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


def draft(who: Asked, **changes: Any) -> Fact:
    return postings.draft(stage(), {**COMMANDS["draft_activity"], **changes}, who)


def test_the_secretary_in_office_drafts_for_the_branch() -> None:
    event = draft(secretary(new_id="N7"))
    session = event.data["sessions"][0]["session"]
    assert (event.type, event.data["activity"], session) == (
        "activity_drafted.v2",
        "N7",
        "N7.1",
    )


def test_the_cutoff_left_out_is_the_start() -> None:
    command = {
        name: value
        for name, value in COMMANDS["draft_activity"].items()
        if name != "cutoff"
    }
    assert (
        postings.draft(stage(), command, secretary()).data["sessions"][0]["cutoff"]
        == command["starts_at"]
    )


def test_a_secretary_cannot_post_for_another_branch() -> None:
    with pytest.raises(Forbidden) as refusal:
        draft(secretary(), host="branch/B2")
    assert refusal.value.code == "not_your_host"


@pytest.mark.parametrize("who", ["S2", "S1-of-last-term"])
def test_a_token_alone_does_not_make_a_secretary(who: str) -> None:
    with pytest.raises(Refused) as refusal:
        draft(secretary(id=who))
    assert (refusal.value.code, refusal.value.source) == (
        "not_the_secretary",
        "branches",
    )


def test_after_the_term_the_secretary_may_no_longer_post() -> None:
    with pytest.raises(Refused) as refusal:
        draft(
            secretary(now=STARTS + timedelta(days=300)),
            starts_at="2027-05-01T01:00:00.000Z",
        )
    assert refusal.value.code == "term_expired"


def test_the_last_appointed_is_secretary_from_the_first_day_of_the_term() -> None:
    docs = stage()
    term = {
        "branch": "B1",
        "person": "S2",
        "since": "2026-06-10",
        "until": "2027-06-09",
    }
    given_from(
        docs, Activities, "branches", Fact("secretary_appointed.v1", "branch/B1", term)
    )
    assert (
        postings.draft(docs, COMMANDS["draft_activity"], secretary(id="S2")).data[
            "host"
        ]
        == "branch/B1"
    )
    with pytest.raises(Refused):
        postings.draft(docs, COMMANDS["draft_activity"], secretary(id="S1"))
    day_before = BEFORE - timedelta(days=1)
    assert postings.draft(
        docs, COMMANDS["draft_activity"], secretary(id="S1", now=day_before)
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_at": "2026-06-09T00:00:00.000Z"}, "in_the_past"),
        ({"starts_at": "2029-06-09T00:00:00.000Z"}, "too_far_ahead"),
    ],
)
def test_an_impossible_time_is_named(changes: Json, code: str) -> None:
    with pytest.raises(Invalid) as problem:
        draft(secretary(), **changes)
    assert (problem.value.code, problem.value.errors[0]["path"]) == (code, "starts_at")


def test_an_unknown_division_is_refused_after_asking_branches() -> None:
    with pytest.raises(Refused) as refusal:
        draft(secretary(), community="510108999001")
    assert (refusal.value.code, refusal.value.source) == (
        "unknown_division",
        "branches",
    )


@pytest.mark.parametrize(
    ("host", "source"), [("unit/U9", "cobuild"), ("partner/P9", "partners")]
)
def test_a_host_must_be_approved(host: str, source: str) -> None:
    role = {"unit": "unit_liaison", "partner": "partner_manager"}[
        host.partition("/")[0]
    ]
    with pytest.raises(Refused) as refusal:
        draft(asked((role, host), now=BEFORE), host=host)
    assert (refusal.value.code, refusal.value.source) == ("host_not_approved", source)


def test_a_community_worker_posts_for_the_community() -> None:
    worker = asked(("community_worker", "510108002"), now=BEFORE)
    assert (
        draft(worker, host="community/510108002001").data["host"]
        == "community/510108002001"
    )


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


def test_doors_open_at_most_an_hour_early_and_it_is_said_how_early_it_still_is() -> (
    None
):
    docs = stage(DRAFTED, PUBLISHED, OPENED)
    for early, says in (
        (
            timedelta(minutes=61),
            "离开始还有 1 小时 1 分钟，最早可在开始前 60 分钟（6月13日 周六 8:00）签到",
        ),
        (timedelta(days=13), "离开始还有 13 天，最早可在"),
        (timedelta(days=1, hours=3), "离开始还有 1 天 3 小时，"),
    ):
        with pytest.raises(Refused) as refusal:
            sessions.start(docs, {"activity": ACTIVITY}, secretary(now=STARTS - early))
        assert (refusal.value.code, says in str(refusal.value)) == ("too_early", True)


def test_doors_that_are_open_begin_nothing_before_its_time() -> None:
    docs = stage(DRAFTED, PUBLISHED, OPENED)
    early = sessions.start(
        docs, {"activity": ACTIVITY}, secretary(now=STARTS - timedelta(minutes=60))
    )
    given_from(docs, Activities, "activities", early)
    assert (early.type, docs.the("sessions", SESSION)["state"]) == (
        "doors_opened.v1",
        "planned",
    )
    with pytest.raises(Refused) as refusal:
        sessions.start(
            docs, {"activity": ACTIVITY}, secretary(now=STARTS - timedelta(minutes=1))
        )
    assert refusal.value.code == "doors_are_open"
    due = docs.find(
        Find("sessions", {}, "begins_at", until=instant(STARTS + timedelta(seconds=1)))
    )
    given_from(
        docs,
        Activities,
        "activities",
        *(sessions.begin(docs, session, secretary(now=STARTS)) for session in due),
    )
    assert (
        docs.the("sessions", SESSION)["state"],
        docs.the("activities", ACTIVITY)["state"],
    ) == ("running", "running")
    assert docs.find(Find("sessions", {}, "begins_at")) == []


def test_what_nobody_started_is_closed_all_the_same() -> None:
    docs = stage(DRAFTED, PUBLISHED, OPENED)
    given_from(
        docs,
        Activities,
        "activities",
        sessions.close(docs, {"activity": ACTIVITY}, secretary(now=STARTS)),
    )
    assert (
        docs.the("sessions", SESSION)["state"],
        docs.the("activities", ACTIVITY)["state"],
    ) == ("closed", "closed")
    with pytest.raises(Refused) as refusal:
        sessions.close(
            stage(DRAFTED, PUBLISHED), {"activity": ACTIVITY}, secretary(now=STARTS)
        )
    assert refusal.value.code == "cannot_close"


def test_an_activity_of_which_a_session_was_held_unstarted_is_not_cancelled_as_a_whole() -> (
    None
):
    docs = series(several=2)
    first = {"activity": ACTIVITY, "session": SESSION}
    given_from(
        docs,
        Activities,
        "activities",
        sessions.close(docs, first, secretary(now=STARTS)),
    )
    assert docs.the("activities", ACTIVITY)["state"] == "running"
    with pytest.raises(Refused) as refusal:
        postings.cancel(
            docs, {"activity": ACTIVITY, "reason": "雨"}, secretary(now=STARTS)
        )
    assert refusal.value.code == "cannot_cancel"


def test_an_activity_is_not_closed_before_its_start() -> None:
    docs = stage(DRAFTED, PUBLISHED, OPENED, STARTED)
    with pytest.raises(Refused) as refusal:
        sessions.close(
            docs, {"activity": ACTIVITY}, secretary(now=STARTS - timedelta(minutes=1))
        )
    assert refusal.value.code == "not_begun"


def test_cancelling_names_the_sessions_that_will_not_be_held() -> None:
    event = postings.cancel(
        stage(DRAFTED, PUBLISHED), COMMANDS["cancel_activity"], street_admin()
    )
    assert event.data["sessions"] == [SESSION]


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


def test_a_branch_that_ended_posts_nothing_new_and_carries_through_what_it_has_posted() -> (
    None
):
    ended = Fact(
        "branch_dissolved.v1",
        "branch/B1",
        {"branch": "B1", "on": "2026-01-01", "reason": "迁出", "by": "P0"},
    )
    docs = stage(*HISTORIES["running"])
    given_from(docs, Activities, "branches", ended)
    with pytest.raises(Refused) as refusal:
        postings.draft(docs, COMMANDS["draft_activity"], secretary())
    assert refusal.value.code == "branch_ended"
    assert (
        sessions.close(docs, COMMANDS["close_activity"], secretary(now=STARTS)).type
        == "session_closed.v1"
    )


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

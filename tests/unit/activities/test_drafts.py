"""Who drafts an activity for whom, and what a draft must say."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.activities.rules import postings, sessions
from services.activities.service import Activities
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Fact
from tests.examples.activities import COMMANDS
from tests.given import asked, given_from
from tests.unit.activities.lifecycle import HISTORIES, draft
from tests.unit.activities.stage import BEFORE, STARTS, secretary, stage


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

"""What a need and the commitments to it add to which figures, and what takes it back."""

from datetime import datetime, timedelta

import pytest

from services.kit.log import Fact
from services.kit.views import Overlay
from services.metrics.reckoning.values import of_cell, of_value
from services.metrics.service import Metrics
from services.xfh.reconcile.needs import recompute
from tests.examples import cobuild as examples
from tests.given import NOW, example_of, given, given_from, happened

MONTH = "510108:2026-06:all:"
TAKEN = ("need_raised.v1", "need_verified.v1", "need_claimed.v1")
DONE = (*TAKEN, "need_fulfilled.v1")
CONFIRMED = (*DONE, "need_confirmed.v1")
DISPATCHED = ("need_raised.v1", "need_verified.v1", "need_dispatched.v1")
LAST_MINUTE = datetime.fromisoformat(
    "2026-06-30T15:59:59.999Z"
)  # A moment before midnight in China.


def after(*types: str, now: datetime = NOW) -> Overlay:
    """What metrics keeps after the canonical examples of these events."""
    return then(given(Metrics), *types, now=now)


def then(docs: Overlay, *types: str, now: datetime = NOW) -> Overlay:
    return given_from(
        docs,
        Metrics,
        "cobuild",
        *(example_of(examples, type) for type in types),
        now=now,
    )


def figures(docs: Overlay, *names: str, cell: str = MONTH) -> list[float | None]:
    found = of_cell(docs, cell)
    return [found[name] for name in names]


@pytest.mark.parametrize(
    ("ends", "due", "fulfilled", "open"),
    [
        ((), 1, 0, 1),
        (("need_fulfilled.v1",), 1, 1, 0),
        (("commitment_withdrawn.v1",), 1, 0, 0),
        (("commitment_lapsed.v1",), 1, 0, 0),
        (("commitment_declined.v1",), 0, 0, 0),
        (("need_withdrawn.v1",), 0, 0, 0),
        (("need_fulfilled.v1", "need_disputed.v1"), 1, 1, 0),
        (("need_fulfilled.v1", "need_disputed.v1", "need_sent_back.v1"), 1, 0, 1),
        (("need_fulfilled.v1", "need_disputed.v1", "need_closed.v1"), 1, 1, 0),
    ],
)
def test_a_promise_counts_as_kept_or_not_by_who_ended_it(
    ends: tuple[str, ...], due: int, fulfilled: int, open: int
) -> None:
    docs = after(*TAKEN, *ends)
    named = (
        "commitments_due",
        "commitments_fulfilled",
        "commitments_open",
        "fulfilments",
    )
    assert figures(docs, *named) == [due, fulfilled, open, fulfilled]
    assert of_value(docs, "unit", "510108:2026-06:unit:U1")["commitments_due"] == due


def test_a_promise_postponed_is_due_on_the_later_day_only() -> None:
    docs = after(*TAKEN, "commitment_postponed.v1")
    days = [
        figures(docs, "commitments_due", cell=f"510108:2026-06-{day}:all:")
        for day in (12, 20)
    ]
    assert days == [[0], [1]]


def test_a_need_is_closed_while_it_stays_confirmed() -> None:
    rates = ("closure_rate", "on_time_closure_rate", "closures")
    assert figures(after(*DONE), *rates) == [0, 0, 0]
    assert figures(after(*CONFIRMED), *rates) == [1, 1, 1]
    assert figures(after(*CONFIRMED, "need_closed.v1"), *rates) == [1, 1, 1]
    assert figures(after(*CONFIRMED, "need_disputed.v1"), *rates) == [0, 0, 0]
    assert figures(after(*CONFIRMED, "need_reopened.v1"), *rates) == [0, 0, 0]


def test_what_is_settled_after_a_dispute_may_be_rated_but_nobody_confirmed_it() -> None:
    docs = after(*DONE, "need_disputed.v1", "need_closed.v1", "need_rated.v1")
    named = (
        "needs_confirmed",
        "needs_ended",
        "needs_rated",
        "need_satisfaction",
        "need_rating_rate",
    )
    assert figures(docs, *named) == [0, 1, 1, 1, 1]


def test_a_score_goes_with_the_confirmation_it_was_given_for() -> None:
    docs = after(*CONFIRMED, "need_reopened.v1")
    assert figures(docs, "needs_rated", "need_satisfaction") == [0, None]


def test_only_the_first_answer_to_a_need_counts() -> None:
    docs = after(*CONFIRMED)
    assert figures(docs, "response_p50", "response_p90", "responses", "claim_rate") == [
        35,
        35,
        1,
        1,
    ]
    then(docs, "need_reopened.v1", "need_dispatched.v1", "commitment_begun.v1")
    assert figures(docs, "response_p50", "responses", "needs_verified") == [35, 1, 1]


def test_a_dispatch_is_answered_when_the_unit_begins() -> None:
    assert figures(after(*DISPATCHED), "responses", "responses_open", "claim_rate") == [
        0,
        1,
        0,
    ]
    docs = after(*DISPATCHED, "commitment_begun.v1")
    assert figures(docs, "responses", "responses_open", "response_p50") == [1, 0, 60]


def test_a_dispatched_need_done_at_once_is_answered_by_that_and_one_of_an_old_log_is_not() -> (
    None
):
    done = example_of(examples, "need_fulfilled.v1", response_minutes=45, in_time=True)
    docs = given_from(after(*DISPATCHED), Metrics, "cobuild", done)
    assert figures(
        docs, "responses", "responses_open", "response_p50", "claim_rate"
    ) == [1, 0, 45, 1]
    assert figures(
        after(*DISPATCHED, "need_fulfilled.v1"), "responses", "responses_open"
    ) == [0, 0]


def test_a_need_withdrawn_waits_for_nobody_but_was_verified() -> None:
    told = {
        name: value
        for name, value in examples.EVENTS["need_withdrawn.v1"].items()
        if name != "commitment"
    }
    docs = after("need_raised.v1", "need_verified.v1")
    given_from(docs, Metrics, "cobuild", Fact("need_withdrawn.v1", "need/N1", told))
    assert figures(
        docs, "needs_verified", "responses_open", "needs_withdrawn", "claim_rate"
    ) == [1, 0, 1, 0]


def test_a_resolution_taken_on_at_once_never_waited_to_be_claimed() -> None:
    docs = after("resolution_undertaken.v1")
    assert figures(docs, "needs_received", "needs_verified", "commitments_due") == [
        1,
        0,
        1,
    ]


def test_a_need_of_the_last_moment_of_a_day_is_of_that_day() -> None:
    docs = after("need_raised.v1", now=LAST_MINUTE)
    then(docs, "need_verified.v1", now=LAST_MINUTE + timedelta(milliseconds=1))
    months = [
        figures(
            docs, "needs_received", "needs_verified", cell=f"510108:2026-{month}:all:"
        )
        for month in ("06", "07")
    ]
    assert months == [[1, 0], [0, 1]]


REJECTED = ("need_raised.v1", "need_rejected.v1")


@pytest.mark.parametrize(
    ("follows", "upheld", "rejected"),
    [
        ((), True, 1),
        (("need_appealed.v1",), True, 1),
        (("need_appealed.v1", "need_appeal_decided.v1"), True, 0),
        (("need_appealed.v1", "need_appeal_decided.v1"), False, 1),
        (("need_appealed.v1", "need_appeal_decided.v1", "need_verified.v1"), True, 0),
        (("need_appealed.v1", "need_appeal_decided.v1", "need_rejected.v1"), True, 1),
        (("need_appealed.v1", "need_withdrawn.v1"), True, 0),
    ],
)
def test_a_need_counts_as_rejected_until_its_appeal_is_upheld(
    follows: tuple[str, ...], upheld: bool, rejected: int
) -> None:
    """And other code that judges it by its whole history counts the same."""
    left_out = {"commitment"}
    facts = []
    for type in (*REJECTED, *follows):
        data = {
            name: value
            for name, value in examples.EVENTS[type].items()
            if name not in left_out
        }
        facts.append(
            Fact(
                type, "need/N1", data | ({"upheld": upheld} if "upheld" in data else {})
            )
        )
    docs = given_from(given(Metrics), Metrics, "cobuild", *facts)
    assert figures(docs, "needs_rejected") == [rejected]
    recomputed = recompute(happened(fact, seq=seq) for seq, fact in enumerate(facts, 1))
    assert recomputed[MONTH].get("needs_rejected", 0) == rejected

"""Deliveries: planned once, sent at most once, tried again when that is safe, and together when there are many."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from schemas.fields import instant
from schemas.notices.deliveries import ListDeliveries
from services.kit.channels import channels_in
from services.kit.errors import Problem, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from services.notices.model import lifecycles, timing
from services.notices.rules import deliveries, planning
from services.notices.service import Notices
from services.notices.views import deliveries as views
from tests.examples import people
from tests.given import NOW, asked, example_of, happened, refused
from tests.unit.notices.delivering_stage import CHANNELS, Stage
from tests.walk import Walk

UNIT_ROBOT = '[unit-robot]\nurl = "wecombot://abcdefgh"\nfor = "unit/U1"\n'
TOLD = "resident_asked.v1"  # Told to P1 alone.


def under_way(stage: Stage) -> str:
    """The message in which the first thing told to P1 is being sent."""
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    begun = stage.begin()
    assert begun is not None
    return str(begun.data["message"])


def test_who_gave_an_address_is_sent_what_is_told_from_then_on_and_nobody_else() -> (
    None
):
    stage = Stage()
    stage.happens(TOLD)
    assert stage.plan_all() == []
    stage.give()
    stage.happens(TOLD)
    (planned,) = stage.plan_all()
    assert (planned["kind"], planned["to"], planned["channel"]) == (
        "need_question",
        "person/P1",
        "mail",
    )
    assert planned["send_at"] == instant(NOW)
    assert stage.plan_all() == []


def test_who_agrees_to_no_notices_any_more_is_sent_none_not_even_what_was_planned() -> (
    None
):
    stage = Stage()
    stage.give()
    agreed = {"person": "P1", "purpose": "notices", "consent": "C1"}
    stage.record(example_of(people, "consent_given.v1", **agreed), source="people")
    stage.happens(TOLD)
    assert len(stage.plan_all()) == 1
    withdrawn = example_of(people, "consent_withdrawn.v1", consent="C1")
    stage.record(withdrawn, source="people")
    stage.happens(TOLD)
    assert stage.plan_all() == []
    stage.begin()
    assert stage.states() == ["dropped"]


def test_what_was_told_before_there_were_channels_is_not_sent() -> None:
    stage = Stage()
    stage.give()
    assert stage.plan_all() == []


@pytest.mark.parametrize(("more_ms", "sent"), [(0, 1), (1, 0)])
def test_what_was_told_more_than_a_day_ago_is_not_sent(more_ms: int, sent: int) -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    stage.later(days=1, milliseconds=more_ms)
    assert len(stage.plan_all()) == sent


def test_a_group_hears_what_is_told_to_its_office() -> None:
    stage = Stage()
    stage.happens("need_raised.v1", need="N9")
    (planned,) = stage.plan_all()
    assert (planned["to"], planned["channel"]) == ("510108015001", "robot")


def test_only_the_kinds_a_person_wants_by_a_channel_go_by_it() -> None:
    stage = Stage()
    stage.give()
    stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])
    stage.happens(TOLD)
    stage.happens("need_fulfilled.v1")
    assert [planned["kind"] for planned in stage.plan_all()] == ["need_fulfilled"]


def test_many_notices_are_looked_through_step_by_step() -> None:
    stage = Stage()
    for number in range(planning.ENOUGH + 30):
        stage.happens("need_raised.v1", need=f"N{number}", beneficiary="P2", by="P2")
    steps = []
    while (
        step := stage.record(planning.plan(stage.docs, {}, stage.asked(), CHANNELS))
    ) is not None:
        steps.append(len(step.data["deliveries"]))
    assert steps == [planning.ENOUGH, 30]


def test_what_arrived_is_over() -> None:
    stage = Stage()
    message = under_way(stage)
    assert stage.states() == ["sending"]
    assert stage.begin() is None
    stage.report(message, "made")
    assert stage.states() == ["delivered"]
    with refused("cannot_succeed"):
        stage.report(message, "made")


def test_what_failed_is_tried_again_later_each_time_and_given_up_in_the_end() -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    waits = []
    while (begun := stage.begin()) is not None:
        stage.report(begun.data["message"], "failed", code="not_reached")
        (delivery,) = stage.all()
        if delivery["state"] == "waiting":
            waits.append(datetime.fromisoformat(delivery["send_at"]) - stage.now)
            assert stage.begin() is None, "not before its time"
            stage.later(seconds=waits[-1].total_seconds())
    assert tuple(waits) == timing.RETRIES
    (delivery,) = stage.all()
    assert (delivery["state"], delivery["code"], delivery["attempts"]) == (
        "failed",
        "not_reached",
        5,
    )


def test_what_may_have_arrived_is_not_sent_again_by_itself() -> None:
    stage = Stage()
    stage.report(under_way(stage), "unknown", code="no_answer")
    stage.later(days=3)
    assert stage.begin() is None
    assert stage.states() == ["unknown"]


def test_who_began_and_never_reported_leaves_it_unknown_and_may_still_tell() -> None:
    stage = Stage()
    message = stage.docs.the("messages", under_way(stage))
    assert message["until"] == instant(stage.now + deliveries.PATIENCE)
    stage.record(deliveries.lose(stage.docs, message, asked()))
    assert stage.states() == ["unknown"]
    stage.report(message["id"], "made")
    assert stage.states() == ["delivered"]


def test_a_person_may_have_it_sent_again_and_late_news_of_the_first_no_longer_count() -> (
    None
):
    stage = Stage()
    first = under_way(stage)
    stage.report(first, "unknown")
    delivery = stage.all()[0]["id"]
    stage.record(
        deliveries.resend(stage.docs, {"delivery": delivery}, stage.asked(id="A1"))
    )
    again = stage.begin()
    assert again is not None
    assert again.data["deliveries"] == [delivery]
    with refused("sent_again", Refused):
        stage.report(first, "made")
    with refused("cannot_resend", Refused):
        deliveries.resend(stage.docs, {"delivery": delivery}, stage.asked(id="A1"))
    with refused("not_found", Unknown):
        deliveries.resend(stage.docs, {"delivery": "N.mail"}, stage.asked(id="A1"))
    with refused("not_found", Unknown):
        stage.report("M99", "made")


def test_a_forgotten_address_ends_what_waits_for_it() -> None:
    stage = Stage()
    stage.give()
    for _ in range(3):
        stage.happens(TOLD)
    stage.plan_all()
    stage.forget()
    dropped = stage.begin()
    assert dropped is not None
    assert dropped.type == "deliveries_dropped.v1"
    assert stage.states() == ["dropped"] * 3
    assert stage.begin() is None


def test_a_reminder_of_what_is_done_already_is_not_sent() -> None:
    stage = Stage()
    planned = _reminder(stage)
    stage.happens("need_fulfilled.v1", commitment="C2")
    stage.now = datetime.fromisoformat(planned["send_at"]) + timedelta(minutes=1)
    dropped = stage.begin("unit-robot")
    assert dropped is not None
    assert dropped.data["code"] == "not_true"


def _reminder(stage: Stage) -> dict[str, str]:
    """The reminder that a lease ends soon, planned for the unit's robot."""
    channels = channels_in(UNIT_ROBOT)
    stage.happens("need_claimed.v1", commitment="C2")
    planned = []
    while (
        made := stage.record(planning.plan(stage.docs, {}, stage.asked(), channels))
    ) is not None:
        planned += made.data["deliveries"]
    (due,) = [each for each in planned if each["kind"] == "due_soon"]
    assert due["send_at"] == "2026-06-11T16:00:00.000Z"
    lease = next(each for each in planned if each["kind"] == "lease_ends_soon")
    return dict(lease)


def test_a_reminder_is_not_sent_before_its_time_with_others() -> None:
    stage = Stage()
    lease = _reminder(stage)
    stage.now = datetime.fromisoformat(lease["send_at"])
    for _ in range(3):
        stage.happens("unit_halted.v1")
    channels = channels_in(UNIT_ROBOT)
    while (
        stage.record(planning.plan(stage.docs, {}, stage.asked(), channels)) is not None
    ):
        pass
    digest = stage.begin("unit-robot")
    assert digest is not None
    kinds = sorted(
        stage.docs.the("deliveries", id)["kind"] for id in digest.data["deliveries"]
    )
    assert kinds == ["lease_ends_soon", "unit_halted", "unit_halted", "unit_halted"]


def test_three_go_out_one_by_one_and_what_comes_after_within_the_hour_goes_as_one() -> (
    None
):
    stage = Stage()
    stage.give()
    for _ in range(3):
        stage.happens(TOLD)
        stage.plan_all()
        begun = stage.begin()
        assert begun is not None
        assert len(begun.data["deliveries"]) == 1
        stage.report(begun.data["message"], "made")
        stage.later(minutes=10)
    for _ in range(5):
        stage.happens(TOLD)
        stage.plan_all()
        assert stage.begin() is None
        stage.later(minutes=1)
    stage.later(minutes=30)
    digest = stage.begin()
    assert digest is not None
    assert len(digest.data["deliveries"]) == 5
    assert stage.begin() is None


def test_a_storm_is_one_message() -> None:
    stage = Stage()
    stage.give()
    for _ in range(40):
        stage.happens(TOLD)
    stage.plan_all()
    digest = stage.begin()
    assert digest is not None
    assert len(digest.data["deliveries"]) == 40


def test_who_wants_no_digest_gets_each_by_itself_at_once() -> None:
    stage = Stage()
    stage.give()
    stage.choose(digest=False)
    for _ in range(6):
        stage.happens(TOLD)
    stage.plan_all()
    begun = [stage.begin() for _ in range(6)]
    assert all(each is not None and len(each.data["deliveries"]) == 1 for each in begun)


def test_urgent_news_waits_for_nothing() -> None:
    """An offer of a seat ends at midnight; a question does not end."""
    stage = Stage(now=NOW + timedelta(days=11, hours=14))  # 23:00 on 12 June.
    stage.give(person="R5")
    stage.give()
    for person in ("R5", "P1"):
        stage.choose(person=person, quiet_from="22:00", quiet_until="07:00")
    for type in ("activity_drafted.v2", "signup_waitlisted.v1"):
        stage.happens(type, "activities", **({"by": "R5"} if "signup" in type else {}))
    stage.plan_all()
    stage.happens("seat_offered.v1", "activities")
    stage.happens(TOLD)
    times = {planned["kind"]: planned["send_at"] for planned in stage.plan_all()}
    assert times["seat_offered"] == instant(stage.now)
    assert times["need_question"] == "2026-06-12T23:00:00.000Z"


def test_a_retry_keeps_the_quiet_hours() -> None:
    stage = Stage(now=NOW + timedelta(hours=12, minutes=59, seconds=30))  # 21:59:30.
    stage.choose(quiet_from="22:00", quiet_until="07:00")
    failed = stage.report(under_way(stage), "failed", code="not_reached")
    assert failed is not None
    assert failed.data["retry_at"] == "2026-06-01T23:00:00.000Z"


NIGHT = {"quiet_from": "22:00", "quiet_until": "07:00"}
EVENING, MORNING = "2026-06-01T14:30:00.000Z", "2026-06-01T23:00:00.000Z"


def at_night(**chosen: Any) -> Stage:
    """22:30, and one told that waits as was chosen."""
    stage = Stage(now=datetime.fromisoformat(EVENING))
    stage.give()
    stage.choose(**chosen)
    stage.happens(TOLD)
    stage.plan_all()
    return stage


def test_quiet_hours_taken_back_let_go_out_what_waits_for_their_end() -> None:
    stage = at_night(**NIGHT)
    assert stage.begin() is None
    stage.choose()
    assert stage.begin() is not None


def test_quiet_hours_chosen_hold_for_what_waits_already() -> None:
    stage = at_night()
    stage.choose(**NIGHT)
    assert [each["send_at"] for each in stage.all()] == [MORNING]
    assert stage.begin() is None
    stage.choose(quiet_from="21:00", quiet_until="06:00")
    stage.now = datetime.fromisoformat("2026-06-01T22:00:00.000Z")
    assert stage.begin() is not None


def test_quiet_hours_chosen_hold_for_what_is_to_be_tried_again() -> None:
    stage = at_night()
    begun = stage.begin()
    assert begun is not None
    stage.report(begun.data["message"], "failed")
    stage.choose(**NIGHT)
    stage.later(minutes=2)
    assert stage.begin() is None
    stage.choose()
    assert stage.begin() is not None


def test_what_ought_to_have_gone_out_before_the_quiet_hours_waits_for_their_end() -> (
    None
):
    """Nobody delivered from the evening into the night."""
    stage = Stage(now=datetime.fromisoformat("2026-06-01T13:50:00.000Z"))
    stage.give()
    stage.choose(**NIGHT)
    for _ in range(2):
        stage.happens(TOLD)
    stage.plan_all()
    stage.later(hours=1)
    put_off = stage.begin()
    assert put_off is not None
    assert (put_off.type, len(put_off.data["deliveries"]), put_off.data["send_at"]) == (
        "deliveries_put_off.v1",
        2,
        MORNING,
    )
    assert stage.begin() is None
    stage.now = datetime.fromisoformat(MORNING)
    assert stage.begin() is not None


def fourth_within_the_hour(**chosen: Any) -> Stage:
    """Three went out, and a fourth was told."""
    stage = Stage()
    stage.give()
    stage.choose(**chosen)
    for _ in range(3):
        stage.happens(TOLD)
        stage.plan_all()
        assert stage.begin() is not None
    stage.happens(TOLD)
    stage.plan_all()
    return stage


def test_who_wants_no_more_digest_does_not_wait_for_its_hour() -> None:
    stage = fourth_within_the_hour()
    assert stage.begin() is None
    stage.choose(digest=False)
    assert stage.begin() is not None


def test_who_wants_a_digest_again_waits_for_its_hour() -> None:
    stage = fourth_within_the_hour(digest=False)
    stage.choose(digest=True)
    assert stage.begin() is None


def test_a_kind_no_longer_wanted_by_the_channel_is_not_sent() -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])
    dropped = stage.begin()
    assert dropped is not None
    assert (dropped.type, dropped.data["code"]) == (
        "deliveries_dropped.v1",
        "not_wanted",
    )


def test_a_kind_no_longer_wanted_is_not_sent_with_others() -> None:
    stage = Stage()
    stage.give()
    for type in ("need_fulfilled.v1", TOLD, *["need_fulfilled.v1"] * 3):
        stage.happens(type)
        stage.later(seconds=1)
    stage.plan_all()
    stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])
    kinds = list[list[str]]()
    while (fact := stage.begin()) is not None:
        kinds.append(
            [stage.docs.the("deliveries", id)["kind"] for id in fact.data["deliveries"]]
        )
    assert sorted(kinds) == [["need_fulfilled"] * 4, ["need_question"]]


def test_urgent_news_goes_out_though_quiet_hours_are_chosen_afterwards() -> None:
    stage = Stage(
        now=NOW + timedelta(days=11, hours=14)
    )  # 23:00 on 12 June; the offer ends at midnight.
    stage.give(person="R5")
    for type in ("activity_drafted.v2", "signup_waitlisted.v1"):
        stage.happens(type, "activities", **({"by": "R5"} if "signup" in type else {}))
    stage.plan_all()
    stage.happens("seat_offered.v1", "activities")
    stage.plan_all()
    stage.choose(person="R5", **NIGHT)
    begun = stage.begin()
    assert begun is not None
    assert (
        stage.docs.the("deliveries", begun.data["deliveries"][0])["kind"]
        == "seat_offered"
    )


def test_what_was_planned_before_it_was_recorded_when_it_was_ready_is_moved_from_when_it_was_to_go_out() -> (
    None
):
    stage = Stage(now=datetime.fromisoformat(EVENING))
    stage.give()
    stage.happens(TOLD)
    planned = planning.plan(stage.docs, {}, stage.asked(), CHANNELS)
    assert planned is not None
    for each in planned.data["deliveries"]:
        del each["ready_at"], each["group_at"]
    stage.record(planned)
    stage.choose(**NIGHT)
    assert [each["send_at"] for each in stage.all()] == [MORNING]


def test_every_step_of_a_delivery() -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    (planned,) = stage.plan_all()
    id = planned["delivery"]
    stage.later(days=400)  # By now everything is due.

    def begin() -> Overlay:
        docs = Overlay(stage.docs)
        docs.seq = stage.docs.seq
        return docs

    def report(docs: Overlay, outcome: str, attempt: int = 1) -> Fact:
        """Of the message it went out in, as if at that attempt."""
        of = docs.the("deliveries", id)["message"]
        if message := docs.get("messages", of):
            docs.put("messages", {**message, "attempt": attempt})
        return deliveries.report(
            docs, {"message": of, "outcome": outcome}, stage.asked()
        )

    def lose(docs: Overlay) -> Fact | None:
        message = docs.get("messages", docs.the("deliveries", id)["message"])
        return deliveries.lose(docs, message, asked()) if message else None

    def put_off(docs: Overlay) -> Fact | None:
        trial = Overlay(docs)
        trial.put(
            "choices",
            {
                **docs.the("choices", "P1"),
                "quiet_from": "00:00",
                "quiet_until": "23:59",
            },
        )
        return deliveries.begin(trial, {"channel": "mail"}, stage.asked())

    def drop(docs: Overlay) -> Fact | None:
        trial = Overlay(docs)
        trial.put("choices", {**docs.the("choices", "P1"), "notes": {}})
        return deliveries.begin(trial, {"channel": "mail"}, stage.asked())

    Walk(
        Notices,
        lifecycles.DELIVERY,
        "deliveries",
        id,
        begin,
        {
            "begin": lambda docs: deliveries.begin(
                docs, {"channel": "mail"}, stage.asked()
            ),
            "put_off": put_off,
            "drop": drop,
            "succeed": lambda docs: report(docs, "made"),
            "retry": lambda docs: report(docs, "failed"),
            "give_up": lambda docs: report(docs, "failed", attempt=5),
            "doubt": lambda docs: Fact(
                "sending_interrupted.v1", "sending/1", {"at": instant(stage.now)}
            ),
            "lose": lose,
            "resend": lambda docs: deliveries.resend(
                docs, {"delivery": id}, stage.asked()
            ),
        },
        {
            ("unknown", step): ("begin", "lose")
            for step in ("succeed", "retry", "give_up")
        },  # News of what was begun.
    ).try_everything()


class History:
    """Whatever may happen to deliveries, in any order; remembers what became of each as it was told."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.stage.give()
        self.sent: dict[str, str] = {}
        self.messages: list[str] = []

    def happens(self) -> None:
        self.stage.happens(TOLD)
        self.stage.plan_all()

    def later(self) -> None:
        self.stage.later(hours=3)

    def give(self) -> None:
        self.stage.give()

    def forget(self) -> None:
        self.stage.forget()

    def keep_quiet(self) -> None:
        self.stage.choose(digest=False, **NIGHT)

    def choose_nothing(self) -> None:
        self.stage.choose()

    def want_another_kind(self) -> None:
        self.stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])

    def begin(self) -> None:
        begun = self.stage.begin()
        if begun is not None and begun.type == "delivery_begun.v1":
            self._is_as_was_chosen_last()
            self.messages.append(begun.data["message"])
            for id in begun.data["deliveries"]:
                assert self.sent.get(id, "failed") in {"failed", "resent"}, (
                    f"{id} is sent though {self.sent[id]}"
                )
                self.sent[id] = "begun"

    def made(self) -> None:
        self._report("made")

    def failed(self) -> None:
        self._report("failed")

    def unknown(self) -> None:
        self._report("unknown")

    def no_report(self) -> None:
        message = self.stage.docs.the("messages", self._last())
        self._told(
            self.stage.record(deliveries.lose(self.stage.docs, message, asked())),
            "unknown",
        )

    def resend(self) -> None:
        id = next(iter(self.sent), "N1.mail")
        command = {"delivery": id}
        self.stage.record(
            deliveries.resend(self.stage.docs, command, self.stage.asked(id="A1"))
        )
        self.sent[id] = "resent"

    def _is_as_was_chosen_last(self) -> None:
        chosen = self.stage.docs.the("choices", "P1")
        assert timing.after_quiet(chosen, self.stage.now) == self.stage.now
        assert not chosen.get("wanted")

    def _last(self) -> str:
        if not self.messages:
            raise Unknown("没有")
        return self.messages[-1]

    def _report(self, outcome: str) -> None:
        self._told(self.stage.report(self._last(), outcome), outcome)

    def _told(self, fact: Fact | None, outcome: str) -> None:
        assert fact is not None
        self.sent.update(dict.fromkeys(fact.data["deliveries"], outcome))


STEPS = [name for name in vars(History) if not name.startswith("_")]


@drawn(st.lists(st.sampled_from(STEPS), min_size=20, max_size=40))
def test_nothing_is_sent_twice_by_itself_nor_against_what_was_chosen_last(
    steps: list[str],
) -> None:
    history = History()
    for step in steps:
        with suppress(Problem):
            getattr(history, step)()
    assert all(
        delivery["attempts"] <= 1 + len(timing.RETRIES)
        for delivery in history.stage.all()
    )


def test_another_district_hears_of_no_delivery_to_an_office_here() -> None:
    stage = Stage()
    for state in lifecycles.DELIVERY.texts:
        delivery = {
            "id": f"D-{state}",
            "to": "510108015",
            "state": state,
            "at": "2026-06-01T01:00:00.000Z",
        }
        stage.docs.put(
            "deliveries",
            {
                **delivery,
                "district": "510108",
                "channel": "robot",
                "kind": "unit_to_approve",
            },
        )
    other, own = (
        asked(("district_admin", district), id="A9")
        for district in ("510107", "510108")
    )
    for id in (*(f"D-{state}" for state in lifecycles.DELIVERY.texts), "D-none"):
        with refused("not_found", Unknown, says="没有这个发送"):
            deliveries.resend(stage.docs, {"delivery": id}, other)
    question = ListDeliveries().load({"state": ",".join(lifecycles.DELIVERY.texts)})
    assert views.list_deliveries(stage.docs, question, other)["items"] == []
    assert len(views.list_deliveries(stage.docs, question, own)["items"]) == len(
        lifecycles.DELIVERY.texts
    )


def interrupted(stage: Stage) -> None:
    """As the restoring of a backup writes it; its id is greater than those of all events told before."""
    fact = Fact("sending_interrupted.v1", "sending/1", {"at": instant(stage.now)})
    event = replace(happened(fact, seq=stage.docs.seq + 1, now=stage.now), id="Z")
    stage.docs.fold(event, Notices.folds["notices"])


def test_after_a_restore_what_was_due_is_in_doubt_and_is_sent_again_by_a_person_alone() -> (
    None
):
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    interrupted(stage)
    (delivery,) = stage.all()
    assert (delivery["state"], delivery["code"]) == ("unknown", "restored")
    assert stage.begin() is None
    who = stage.asked(("district_admin", "*"))
    stage.record(deliveries.resend(stage.docs, {"delivery": delivery["id"]}, who))
    assert stage.begin() is not None


def test_after_a_restore_what_was_told_before_it_and_not_planned_is_not_sent() -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    interrupted(stage)
    assert stage.plan_all() == []


def test_after_a_restore_what_waits_for_the_morning_still_goes_out() -> None:
    stage = Stage(now=NOW + timedelta(hours=14))
    stage.give()
    stage.choose(quiet_from="22:00", quiet_until="07:00")
    stage.happens(TOLD)
    stage.plan_all()
    interrupted(stage)
    assert [delivery["state"] for delivery in stage.all()] == ["waiting"]

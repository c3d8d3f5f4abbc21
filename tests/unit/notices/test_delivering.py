"""Deliveries: planned once, sent at most once, and tried again when that is safe."""

from datetime import datetime, timedelta

import pytest

from schemas.fields import instant
from schemas.notices.deliveries import ListDeliveries
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from services.notices.model import lifecycles, timing
from services.notices.rules import deliveries, planning
from services.notices.service import Notices
from services.notices.views import deliveries as views
from tests.examples import people
from tests.given import NOW, asked, example_of, refused
from tests.unit.notices.deliveries import TOLD, lease_reminder, under_way
from tests.unit.notices.delivering_stage import CHANNELS, Stage
from tests.walk import Walk


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
    planned = lease_reminder(stage)
    stage.happens("need_fulfilled.v1", commitment="C2")
    stage.now = datetime.fromisoformat(planned["send_at"]) + timedelta(minutes=1)
    dropped = stage.begin("unit-robot")
    assert dropped is not None
    assert dropped.data["code"] == "not_true"


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

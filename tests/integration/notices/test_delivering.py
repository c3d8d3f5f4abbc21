"""From what happens to what arrives: over HTTP in, through apprise out, with everything that may go wrong between."""

import itertools
import threading
from collections.abc import Iterator

import pytest

from schemas.notices.deliveries import STATES
from services.kit.actor import OPERATOR
from services.kit.channels import Channel
from services.kit.clock import Deadline
from services.kit.engine.rebuild import rebuild
from services.kit.errors import Forbidden
from services.notices.model.timing import RETRIES
from services.notices.service import Notices
from services.xfh.commands import sending
from tests.clocks import HUNG_S, wait_until
from tests.integration.notices.stage import Stage, stage

HOUR_S = 3600
PERSONS = itertools.count(1)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage(tmp_path_factory.mktemp("notices")) as made:
        yield made


@pytest.fixture
def here(whole: Stage) -> Stage:
    whole.begin(next(PERSONS))
    return whole


class Killed(BaseException):
    """The process is gone: nothing after this is done."""


def test_a_decision_arrives_by_mail_in_the_language_chosen(here: Stage) -> None:
    here.give()
    here.front.done("/me/notices/choices", here.token, language="en")
    here.approve_one()
    here.deliver()
    ((to, mail),) = here.box.mails
    assert (to, mail["subject"]) == (here.address, "You are a partner now")
    assert [
        each["state_text"]
        for each in here.deliveries("delivered")
        if each["channel"] == "mail"
    ] == ["已送出"]
    here.deliver()
    assert len(here.box.mails) == 1


def test_an_offices_robot_hears_what_is_told_to_the_office(here: Stage) -> None:
    here.approve_one()
    here.deliver()
    assert [
        said["title"] for path, said in here.hook.posted if path.startswith("/street")
    ] == ["有合伙人待审核"]


def test_a_storm_arrives_as_one_mail(here: Stage) -> None:
    here.give()
    for _ in range(5):
        here.approve_one()
    here.deliver()
    ((_, mail),) = here.box.mails
    assert mail["subject"] == "您有 5 条新通知"
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().count("已成为社区合伙人") == 5


def test_a_receiver_that_fails_blocks_nobody_is_visible_and_is_tried_again(
    here: Stage,
) -> None:
    here.give("hook")
    here.hook.status = 500
    here.approve_one()
    here.deliver()
    (waiting,) = [
        each for each in here.deliveries("waiting") if each["channel"] == "hook"
    ]
    assert (waiting["code"], waiting["attempts"]) == ("refused", 1)
    here.approve_one()  # The follower goes on, and what it tells is in the inbox.
    for pause in RETRIES:
        here.later(pause.total_seconds() + 1)
        here.deliver()
    (first, *_) = sorted(here.deliveries("failed"), key=lambda each: str(each["at"]))
    assert (first["state_text"], first["attempts"]) == ("没有送出", 5)

    here.hook.status = 200
    here.hook.posted.clear()
    mine = here.deliveries("failed")[0]
    assert (
        here.front.post(
            f"/notices/deliveries/{mine['id']}/resend", here.token
        ).status_code
        == 403
    )
    assert (
        here.front.done(f"/notices/deliveries/{mine['id']}/resend", here.admin)["by"]
        == "A1"
    )
    here.deliver()
    assert here.posted() == 1


def test_whom_it_concerns_sees_what_became_of_it_and_nobody_else_does(
    here: Stage,
) -> None:
    here.give()
    here.approve_one()
    here.deliver()
    mine = here.front.get("/notices/deliveries?state=delivered", here.token).get_json()[
        "items"
    ]
    assert [(each["to"], each["channel"]) for each in mine] == [
        (f"person/{here.person}", "mail")
    ]
    other = here.front.token("R-other", ("resident", "510108002001"))
    assert (
        here.front.get("/notices/deliveries?state=delivered", other).get_json()["items"]
        == []
    )
    street = here.front.token("A2", ("street_admin", "510108002"))
    theirs = here.front.get("/notices/deliveries?state=delivered", street).get_json()[
        "items"
    ]
    assert {(each["to"], each["channel"]) for each in theirs} == {
        ("510108002", "street-robot")
    }


@pytest.mark.parametrize(
    "sent", [False, True], ids=["before it is sent", "after it was sent"]
)
def test_killed_while_sending_it_is_not_sent_again_and_is_seen(
    here: Stage, sent: bool
) -> None:
    here.give()
    here.approve_one()

    def send_and_die(
        channel: Channel, address: str, heading: str, text: str
    ) -> sending.Outcome:
        if sent:
            sending.send(channel, address, heading, text)
        raise Killed

    with pytest.raises(Killed):
        here.deliver(send_and_die)
    here.deliver()
    assert [each["channel"] for each in here.deliveries("sending")] == ["mail"]
    here.later(HOUR_S)
    wait_until(lambda: len(here.deliveries("unknown")) == 1)
    here.deliver()
    assert len(here.box.mails) == sent
    (lost,) = here.deliveries("unknown")
    assert lost["code"] == "no_report"


def test_killed_between_planning_and_beginning_nothing_is_lost(here: Stage) -> None:
    here.give()
    here.approve_one()
    while here.deliverer().plan():
        pass
    here.deliver()
    assert len(here.box.mails) == 1


def test_two_deliverers_at_once_send_everything_once(here: Stage) -> None:
    here.give("hook")
    here.front.done("/me/notices/choices", here.token, digest=False)
    for _ in range(8):
        here.approve_one()
    racing = [threading.Thread(target=here.deliver) for _ in range(3)]
    for thread in racing:
        thread.start()
    for thread in racing:
        thread.join()
    here.deliver()
    assert here.posted() == 8


def test_a_receiver_that_hangs_is_in_nobodys_way(here: Stage) -> None:
    """Neither of other channels, nor of the followers, nor of those who ask."""
    here.give("hook")
    here.give()
    here.approve_one()
    released = threading.Event()
    here.hook.hangs = lambda: released.wait(20)
    deliverer = here.deliverer()
    running = threading.Thread(target=deliverer.run)
    running.start()
    try:
        wait_until(lambda: len(here.hook.posted) > 0)
        wait_until(lambda: len(here.box.mails) == 1)
        here.approve_one()
        wait_until(lambda: len(here.box.mails) == 2)
    finally:
        released.set()
        deliverer.stop()
        running.join()


def test_a_deliverer_that_is_stopped_ends_and_one_that_breaks_says_so(
    here: Stage,
) -> None:
    here.give()
    here.approve_one()

    def breaks(*_: object) -> sending.Outcome:
        raise RuntimeError("broken")

    assert here.deliverer(breaks).run() == 1
    deliverer = here.deliverer()
    deliverer.stop()
    assert deliverer.run() == 0


def test_a_forgotten_address_ends_deliveries_and_is_nowhere_any_more(
    here: Stage,
) -> None:
    here.give()
    here.approve_one()
    while here.deliverer().plan():
        pass
    assert here.front.get("/me/notices/choices", here.token).get_json()["given"]
    answer = here.front.done("/me/notices/addresses/mail/forget", here.token)
    assert answer["given"] == []
    here.deliver()
    assert here.box.mails == []
    assert [each["code"] for each in here.deliveries("dropped")] == ["no_address"]
    assert here.address not in here.rows(kept=True)


def test_no_address_is_in_any_event_document_or_answer(
    here: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    """I8. What is kept beside the log has it, sealed; so no file has."""
    here.give()
    here.approve_one()
    here.deliver()
    here.box.answer = "550 no"
    here.approve_one()
    here.deliver()
    assert here.front.get("/me/notices/choices", here.token).get_json()["given"]
    for part in (here.address, here.address.partition("@")[0]):
        assert part not in here.rows(kept=False)
        assert part not in here.rows(kept=True)
    for path in ("/me/notices", "/me/notices/choices", "/notices/deliveries"):
        assert here.address not in here.front.get(path, here.token).text
    ours = [
        record
        for record in caplog.records
        if not record.name.startswith(("mail.", "apprise"))
    ]
    assert here.address not in "\n".join(record.getMessage() for record in ours)


def test_the_same_address_given_again_with_the_same_key_is_given_once(
    here: Stage,
) -> None:
    here.give()
    here.front.must_answer_the_same_again()


def test_a_mistaken_address_is_told_and_the_platform_asks_for_nothing_else(
    here: Stage,
) -> None:
    token = here.token
    for channel, address, code in (
        ("mail", "nobody", "bad_mail_address"),
        ("hook", "http://127.0.0.1/", "bad_channel_id"),
        ("street-robot", "R1", "unknown_channel"),
        ("fax", "R1", "unknown_channel"),
    ):
        problem = here.front.post(
            "/me/notices/addresses", token, channel=channel, address=address
        ).get_json()
        assert problem["code"] == code
        assert problem["errors"][0]["path"] in {"address", "channel"}
    shown = here.front.get("/me/notices/choices", token).get_json()
    assert shown["offered"] == [
        {"channel": "mail", "asks": "mail"},
        {"channel": "hook", "asks": "id"},
    ]


def test_what_the_deliverer_asks_nobody_else_may_ask(here: Stage) -> None:
    for method, payload in (
        ("plan_deliveries", {}),
        ("read_message", {"message": "M1"}),
    ):
        with pytest.raises(Forbidden):
            here.front.bus.call(
                "notices",
                method,
                payload,
                actor=OPERATOR,
                key="once",
                deadline=Deadline.after(HUNG_S),
            )


def test_without_an_address_nothing_is_planned_for_a_person(here: Stage) -> None:
    here.approve_one()
    here.deliver()
    assert [each for state in STATES for each in here.deliveries(state)] == []


def test_a_rebuild_gives_the_same_inbox_and_the_same_deliveries(here: Stage) -> None:
    """I3."""
    here.give()
    for _ in range(2):
        here.approve_one()
    here.deliver()
    here.front.done("/me/notices/read", here.token, upto=here.inbox()[-1]["at"])
    before = here.inbox(), here.deliveries("delivered")
    hosts = here.front.bus.hosts
    rebuild(
        Notices,
        hosts["notices"].store,
        {name: host.store.log for name, host in hosts.items()},
        lambda done: None,
    )
    assert (here.inbox(), here.deliveries("delivered")) == before

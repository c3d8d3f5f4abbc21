"""What people choose, and the addresses they give: checked, kept apart, forgotten."""

import pytest
from marshmallow import ValidationError

from schemas.fields import complaints
from schemas.notices.choices import ChooseNotices
from services.kit.errors import Invalid, Unknown
from services.kit.views import Overlay
from services.notices.rules import choices
from services.notices.views import choices as views
from tests.given import asked, refused
from tests.unit.notices.delivering_stage import CHANNELS, MAIL, Stage

WHO = asked(("resident", "510108"), id="P1", new_id="A1")


def code_of(**said: object) -> tuple[str, str]:
    with pytest.raises(ValidationError) as caught:
        ChooseNotices().load(said)
    (told,) = complaints(caught.value)
    return told["path"], told["code"]


def test_without_a_choice_everything_is_in_chinese_and_in_digests_and_nothing_is_sent() -> (
    None
):
    mine = views.my_choices(Stage().docs, {}, WHO, CHANNELS)
    assert (mine["language"], mine["digest"], mine["given"]) == ("zh", True, [])
    assert mine["offered"] == [{"channel": "mail", "asks": "mail"}]


def test_quiet_hours_have_a_beginning_and_an_end() -> None:
    assert code_of(quiet_from="22:00") == ("quiet_until", "missing_field")
    assert code_of(quiet_until="07:00") == ("quiet_from", "missing_field")
    assert code_of(quiet_from="07:00", quiet_until="07:00") == (
        "quiet_until",
        "empty_period",
    )
    assert code_of(quiet_from="24:00", quiet_until="07:00") == (
        "quiet_from",
        "bad_time_of_day",
    )


def test_a_channel_is_chosen_for_once() -> None:
    twice = [{"channel": "mail", "kinds": []}] * 2
    assert code_of(wanted=twice) == ("wanted", "named_twice")
    assert code_of(wanted=[{"channel": "mail", "kinds": ["gossip"]}]) == (
        "wanted/0/kinds/0",
        "not_allowed",
    )


def test_what_is_left_out_is_no_longer_chosen() -> None:
    stage = Stage()
    stage.give()
    stage.choose(quiet_from="22:00", quiet_until="07:00", language="en")
    stage.choose()
    mine = stage.docs.the("choices", "P1")
    assert "quiet_from" not in mine
    assert (mine["language"], mine["given"]) == ("zh", ["mail"])


@pytest.mark.parametrize("channel", ["fax", "robot"])
def test_only_a_channel_that_asks_for_an_address_takes_one(channel: str) -> None:
    with refused("unknown_channel", Unknown, channel):
        choices.give_address(
            Stage().docs, {"channel": channel, "address": MAIL}, WHO, CHANNELS
        )
    with refused("unknown_channel", Unknown, channel):
        choices.choose(
            Stage().docs, {"wanted": [{"channel": channel, "kinds": []}]}, WHO, CHANNELS
        )


def test_an_address_is_in_a_note_and_nowhere_else() -> None:
    given = choices.give_address(
        Stage().docs, {"channel": "mail", "address": MAIL}, WHO, CHANNELS
    )
    assert given.notes == {"A1": MAIL}
    assert MAIL not in str(given.data)
    stage = Stage()
    stage.record(given)
    assert MAIL not in str(stage.docs.changed)


def test_another_address_takes_the_place_of_the_first_and_forgetting_erases_it() -> (
    None
):
    docs: Overlay = (stage := Stage()).docs
    command = {"channel": "mail", "address": MAIL}
    stage.record(choices.give_address(docs, command, WHO, CHANNELS))
    other = {**command, "address": "other@example.org"}
    again = choices.give_address(docs, other, asked(id="P1", new_id="A2"), CHANNELS)
    assert again.notes == {"A1": "other@example.org"}
    stage.record(again)
    forgotten = choices.forget_address(docs, {"channel": "mail"}, WHO)
    assert forgotten.notes == {"A1": ""}
    stage.record(forgotten)
    with refused("not_found", Unknown):
        choices.forget_address(docs, {"channel": "mail"}, WHO)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("demo@example.org", "demo@example.org"),
        ("first.last+tag@sub.example.org", "first.last+tag@sub.example.org"),
        ("demo@例子.中国", "demo@xn--fsqu00a.xn--fiqs8s"),
    ],
)
def test_a_mail_address_is_kept_with_its_domain_in_ascii(said: str, kept: str) -> None:
    assert choices.as_mail(said) == kept


@pytest.mark.parametrize(
    "said",
    [
        "demo", "@example.org", "demo@", "demo@localhost", "a@b@example.org", "demo@example.org,evil@example.org",
        "demo@example.org&to=evil@example.org", "demo@example.org?x", ".demo@example.org", "de mo@example.org",
        '"demo"@example.org', "demo@-example.org", f"{'x' * 65}@example.org", "demo@exa_mple.org", "demo@..org",
        "示例@example.org", "demo@example.org\nBcc: evil@example.org", f"demo@{'x' * 70}.org",
    ],
)  # fmt: skip
def test_what_is_no_mail_address_is_refused(said: str) -> None:
    with refused("bad_mail_address", Invalid):
        choices.as_mail(said)


@pytest.mark.parametrize(
    "said", ["../x", "a/b", "http://evil.example", "a b", "", "x" * 65, "名"]
)
def test_what_is_no_id_is_refused(said: str) -> None:
    with refused("bad_channel_id", Invalid):
        choices.as_id(said)

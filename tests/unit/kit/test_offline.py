"""A device's clock: what is too little to matter, what is set right, and what is not believed, to the second."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.kit import offline
from services.kit.offline import OLDEST, ON_THE_WAY_S, TRUSTED_OFF_S
from tests.given import NOW, asked, refused

A_BIT = timedelta(milliseconds=1)


def shown(device_now: timedelta, at: timedelta = timedelta()) -> Json:
    """A device that shows so much more than it is, of a scan so much after it showed that."""
    return {
        "device_now": instant(NOW + device_now),
        "at": instant(NOW + device_now + at),
    }


@pytest.mark.parametrize(
    ("ahead_s", "off_s"),
    [
        (0, 0),
        (-ON_THE_WAY_S, 0),
        (ON_THE_WAY_S, 0),
        (-ON_THE_WAY_S - 1, ON_THE_WAY_S + 1),
        (4, -4),
        (-3600, 3600),
    ],
)
def test_what_a_message_takes_says_nothing_of_a_clock(ahead_s: int, off_s: int) -> None:
    assert offline.off_s(shown(timedelta(seconds=ahead_s)), asked(now=NOW)) == off_s


def test_a_device_that_shows_nothing_is_taken_at_its_word() -> None:
    assert offline.off_s({"at": instant(NOW)}, asked(now=NOW)) == 0


@pytest.mark.parametrize("sign", [1, -1])
def test_a_clock_is_believed_up_to_so_much(sign: int) -> None:
    assert (
        offline.off_s(shown(sign * OLDEST), asked(now=NOW))
        == -sign * OLDEST.total_seconds()
    )
    assert offline.off_s(shown(timedelta(), sign * OLDEST), asked(now=NOW)) == 0
    for said in (
        shown(sign * (OLDEST + A_BIT)),
        shown(timedelta(), sign * (OLDEST + A_BIT)),
    ):
        with refused("clock_unbelievable"):
            offline.off_s(said, asked(now=NOW))


@pytest.mark.parametrize("sign", [1, -1])
def test_a_clock_far_off_may_have_been_set_meanwhile(sign: int) -> None:
    assert offline.is_trusted(sign * TRUSTED_OFF_S)
    assert not offline.is_trusted(sign * (TRUSTED_OFF_S + 1))


def test_a_time_is_set_right_by_as_much_as_the_device_is_behind() -> None:
    assert offline.corrected(instant(NOW), 90) == NOW + timedelta(seconds=90)
    assert offline.corrected(instant(NOW), -90) == NOW - timedelta(seconds=90)

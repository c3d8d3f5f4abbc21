"""How often somebody did something on a day."""

from services.district.tallies import one_more, share, times_on


def test_a_tally_counts_the_times_of_one_day_and_begins_anew_on_another() -> None:
    tally = one_more(one_more(None, "2026-06-12"), "2026-06-12")
    assert times_on(tally, "2026-06-12") == 2
    assert times_on(tally, "2026-06-13") == 0
    assert one_more(tally, "2026-06-13") == {"day": "2026-06-13", "times": 1}


def test_nothing_done_is_no_times() -> None:
    assert times_on(None, "2026-06-12") == 0


def test_what_others_do_for_somebody_is_counted_apart_from_what_they_do() -> None:
    assert share("need", "R1", "W1") == share("need", "R1", "W2")
    assert (
        len(
            {share("need", "R1", by) for by in ("R1", "W1")}
            | {share("need", "R2", "R2")}
        )
        == 3
    )

"""How often somebody did something on a day: what bounds a sender, in whatever names they send.

A tally is part of a document folded from the log: `{day, times}` of the last day on which there was any.
"""

from services.kit.views import Doc


def one_more(tally: Doc | None, day: str) -> Doc:
    return {"day": day, "times": times_on(tally, day) + 1}


def times_on(tally: Doc | None, day: str) -> int:
    return int(tally["times"]) if tally and tally["day"] == day else 0

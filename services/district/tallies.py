"""How often somebody did something on a day: what bounds a sender, in whatever names they send.

A tally is part of a document folded from the log: `{day, times}` of the last day on which there was any.
"""

from schemas.documents import Json


def share(kind: str, of: str, by: str) -> str:
    """Under what it is counted that `by` does something for `of`. What others do uses up nothing of one's own."""
    return f"{kind}/{of}" if by == of else f"{kind}_for/{of}"


def one_more(tally: Json | None, day: str) -> Json:
    """The tally with one more on `day`; what was before that day is forgotten."""
    return {"day": day, "times": times_on(tally, day) + 1}


def times_on(tally: Json | None, day: str) -> int:
    """How often there was any on `day`, 0 on another than the tally's."""
    return int(tally["times"]) if tally and tally["day"] == day else 0

"""Numbers are not to be guessed: how often on a day somebody may hear whether one is somebody's, whom they do not know.

Counted is what was looked for in vain, and a number that turned out to be another's. Whoever has keys is one.
"""

from services.district.calendar import local_day
from services.district.tallies import times_on
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.views import Find, Reads
from services.people.folds.audit import guesses_of

MOST_A_DAY = 50
MOST_KEYS = 1_000  # Ever made by one.


def must_not_guess(docs: Reads, asked: Asked) -> None:
    """Raises `Refused` for who has guessed as often today as one may."""
    today = local_day(asked.now)
    tallies = (guesses_of(docs, id) for id in _hands(docs, asked))
    if sum(times_on(tally, today) for tally in tallies) >= MOST_A_DAY:
        says = f"您今天已有 {MOST_A_DAY} 次没有对上手机号，请核对好，明天再来"
        raise Refused("too_many_today", says, path="phone")


def _hands(docs: Reads, asked: Asked) -> list[str]:
    """Who really asks, and every key of theirs."""
    asker = asked.actor.asker
    who = asker.maker or asker.id
    keys = docs.find(Find("api_keys", {"person": who}, "id", limit=MOST_KEYS))
    return [who, *(key["id"] for key in keys)]

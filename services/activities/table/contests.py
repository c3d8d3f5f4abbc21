"""Hours that somebody contests."""

from schemas.activities import hours as asks
from services.activities.rules import contests
from services.activities.table.columns import (
    CONCERNED,
    CONTEST,
    DECIDERS,
    EVERYBODY,
    PEOPLE,
)
from services.activities.views import contests as answers
from services.kit.entrypoints import command, due, query


class Contests:
    """The part of the table for contests."""

    # A table: an entry a line.
    # fmt: off
    contest_hours = command(asks.ContestHours, contests.contest_hours, by=PEOPLE, shows=CONTEST)
    settle_contest = command(
        asks.SettleContest, contests.settle_contest, by=DECIDERS, shows=CONTEST)
    withdraw_contest = command(asks.OfContest, contests.withdraw_contest, by=PEOPLE, shows=CONTEST)
    delete_contest_words = command(asks.OfContest, contests.delete_words, by=PEOPLE, shows=CONTEST)
    press_contest = due("contests", {"state": "open"}, contests.press, by="press_at")
    escalate_contest = due("contests", {"state": "pressing"}, contests.escalate, by="due_at")
    get_contest = query(asks.OfContest, answers.get_contest, by=CONCERNED)
    my_contests = query(asks.MyContests, answers.my_contests, by=EVERYBODY)
    list_contests = query(asks.ListContests, answers.list_contests, by=DECIDERS)
    # fmt: on

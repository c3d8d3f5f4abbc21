"""Commendations of people who have served."""

from schemas.activities import commendations as asks
from services.activities.rules import commendations
from services.activities.table.columns import (
    COMMENDATION,
    CONCERNED,
    DECIDERS,
    EVERYBODY,
)
from services.activities.views import commendations as answers
from services.kit.entrypoints import command, query


class Commendations:
    """The part of the table for commendations."""

    # A table: an entry a line.
    # fmt: off
    commend = command(asks.Commend, commendations.commend, by=DECIDERS, shows=COMMENDATION)
    withdraw_commendation = command(
        asks.WithdrawCommendation, commendations.withdraw_commendation,
        by=DECIDERS, shows=COMMENDATION)
    get_commendation = query(asks.OfCommendation, answers.get_commendation, by=CONCERNED)
    my_commendations = query(asks.MyCommendations, answers.my_commendations, by=EVERYBODY)
    resident_commendations = query(
        asks.ResidentCommendations, answers.resident_commendations, by=DECIDERS)
    # fmt: on

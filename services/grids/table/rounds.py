"""Rounds."""

from schemas.grids import rounds as schemas
from services.grids.rules import rounds
from services.grids.table.roles import STAFF, WALKERS
from services.grids.views import rounds as views
from services.kit.entrypoints import command, due, query

ROUND = ("rounds", "round")


class Rounds:
    announce_round = command(
        schemas.AnnounceRound, rounds.announce, by=STAFF, shows=ROUND
    )
    cancel_round = command(schemas.CancelRound, rounds.cancel, by=STAFF, shows=ROUND)
    open_round = due("rounds", {"state": "announced"}, rounds.open, by="opens_at")
    close_round = due("rounds", {"state": "open"}, rounds.close, by="closes_at")
    get_round = query(schemas.OfRound, views.get_round)
    list_rounds = query(schemas.ListRounds, views.list_rounds)
    ask_burden = query(schemas.AskBurden, views.ask_burden, by=STAFF)
    list_coverage = query(schemas.AskCoverage, views.list_coverage, by=WALKERS)

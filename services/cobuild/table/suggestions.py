"""Telling units of a need that suits them."""

from schemas.cobuild import suggestions as schemas
from services.cobuild.rules import suggestions
from services.cobuild.table.roles import UNITS
from services.kit.entrypoints import command, due

NEED = ("needs", "need")


class Suggestions:
    pass_up_need = command(
        schemas.PassUpNeed, suggestions.pass_up, by=UNITS, shows=NEED
    )
    suggest_need = due(
        "needs", {"state": "verified"}, suggestions.suggest, by="suggest_at"
    )

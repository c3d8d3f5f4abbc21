"""The divisions of the district."""

from schemas.branches import divisions as schemas
from services.branches.rules import divisions
from services.branches.table.roles import DISTRICT
from services.branches.views import divisions as views
from services.kit.entrypoints import command, query

DIVISION = ("divisions", "division")


class Divisions:
    record_division = command(
        schemas.RecordDivision, divisions.record_division, by=DISTRICT, shows=DIVISION
    )
    end_division = command(
        schemas.EndDivision, divisions.end_division, by=DISTRICT, shows=DIVISION
    )
    withdraw_division = command(
        schemas.WithdrawDivision,
        divisions.withdraw_division,
        by=DISTRICT,
        shows=DIVISION,
    )
    get_division = query(schemas.GetDivision, views.get_division)
    list_divisions = query(schemas.ListDivisions, views.list_divisions)

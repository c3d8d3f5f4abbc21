"""The divisions of the district."""

from schemas.branches import divisions as schemas
from services.branches.rules import divisions
from services.branches.views import divisions as views
from services.district.authority import DISTRICT, overseeing
from services.kit.entrypoints import command, query

THERE = overseeing("division", DISTRICT)
DIVISION = ("divisions", "division")


class Divisions:
    record_division = command(
        schemas.RecordDivision, divisions.record_division, by=THERE, shows=DIVISION
    )
    end_division = command(
        schemas.EndDivision, divisions.end_division, by=THERE, shows=DIVISION
    )
    withdraw_division = command(
        schemas.WithdrawDivision,
        divisions.withdraw_division,
        by=THERE,
        shows=DIVISION,
    )
    get_division = query(schemas.GetDivision, views.get_division)
    list_divisions = query(schemas.ListDivisions, views.list_divisions)

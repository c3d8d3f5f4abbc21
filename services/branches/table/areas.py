"""Courtyards and micro-grids."""

from schemas.branches import areas as schemas
from services.branches.rules import areas
from services.branches.table.roles import READERS
from services.branches.views import areas as views
from services.district.authority import STREET, overseeing
from services.kit.entrypoints import command, query

COURTYARD = ("courtyards", "courtyard")
GRID = ("grids", "grid")


class Areas:
    record_courtyard = command(
        schemas.RecordCourtyard,
        areas.record_courtyard,
        by=overseeing("community"),
        shows=COURTYARD,
    )
    record_grid = command(
        schemas.RecordGrid, areas.record_grid, by=overseeing("community"), shows=GRID
    )
    end_courtyard = command(
        schemas.EndCourtyard, areas.end_courtyard, by=STREET, shows=COURTYARD
    )
    end_grid = command(schemas.EndGrid, areas.end_grid, by=STREET, shows=GRID)
    list_courtyards = query(schemas.ListAreas, views.list_courtyards, by=READERS)
    list_grids = query(schemas.ListAreas, views.list_grids, by=READERS)

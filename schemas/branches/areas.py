"""Courtyards and micro-grids: where each lies, from which day to which.

A code has one period after another: redrawing ends some codes and records others, and what moves to another community
begins a new period there.
"""

from schemas import fields
from schemas.area_codes import courtyard, grid
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

MOST_PERIODS = 1000


class Lying(fields.Schema):
    """Where something lies. In force from `valid_from` on."""

    name = fields.Text(40, required=True, metadata={"description": "名称"})
    community = fields.Division(
        "community", required=True, metadata={"description": "所在社区代码"}
    )
    valid_from = fields.Day(required=True, metadata={"description": "从哪天起有效"})


def valid_to(**kwargs: bool) -> fields.Day:
    return fields.Day(metadata={"description": "有效的最后一天"}, **kwargs)


class Recorded(Lying):
    """With its last day where that has come already: what is brought in from an old list."""

    valid_to = valid_to()


class RecordCourtyard(Recorded):
    courtyard = courtyard(required=True)


class RecordGrid(Recorded):
    grid = grid(required=True)
    courtyard = courtyard()


class EndCourtyard(fields.Schema):
    courtyard = courtyard(required=True)
    valid_to = valid_to(required=True)


class EndGrid(fields.Schema):
    grid = grid(required=True)
    valid_to = valid_to(required=True)


class ListAreas(Paged):
    """Those of a community on a day, by code."""

    community = fields.Division(
        "community", required=True, metadata={"description": "社区代码"}
    )
    on = fields.Day(metadata={"description": "哪一天的，不填为今天"})


# Events


class Ended(fields.Schema):
    """The period that ends, whole but for its name."""

    community = fields.Division("community", required=True)
    valid_from = fields.Day(required=True)


@event("courtyard_recorded.v1")
class CourtyardRecorded(RecordCourtyard):
    pass


@event("grid_recorded.v1")
class GridRecorded(RecordGrid):
    pass


@event("courtyard_ended.v1")
class CourtyardEnded(Ended, EndCourtyard):
    pass


@event("grid_ended.v1")
class GridEnded(Ended, EndGrid):
    pass


# Resources


class Period(Lying):
    """`valid_to` is its last day; one without is still open."""

    valid_to = valid_to()
    courtyard = courtyard()


class Area(Resource):
    """A courtyard or micro-grid, `id` its code, with all its periods in order."""

    id = fields.Text(32, required=True, metadata={"description": "编码"})
    periods = fields.Many(
        fields.Part(Period),
        1,
        MOST_PERIODS,
        required=True,
        metadata={"description": "有效期"},
    )

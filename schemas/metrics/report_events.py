"""What is published in a month's report, and published anew."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.metrics.definitions import IDENTIFIERS, DefinitionShown
from schemas.metrics.months import OfReport, number, reason
from schemas.metrics.targets import MOST

MOST_ROWS = 1000


def counted() -> ma.fields.Dict:
    """Whole numbers by figure; what is zero is left out."""
    return ma.fields.Dict(
        keys=fields.OneOf(IDENTIFIERS), values=fields.Whole(-MOST, MOST), required=True
    )


def hidden() -> fields.Many:
    """What readers from outside are not told, though it was counted."""
    return fields.Many(fields.OneOf(IDENTIFIERS), 0, 100, required=True)


class CountedRow(fields.Schema):
    key = fields.Text(100, required=True)
    name = fields.Text(100, required=True)
    figures = counted()
    withheld = hidden()


class Redefined(fields.Schema):
    """A figure that means something else than in the report before; `before` is what it meant, nothing of a new one."""

    identifier = fields.OneOf(IDENTIFIERS, required=True)
    before = fields.Text(200)


def redefined(shown: type[fields.Schema], **kwargs: Any) -> fields.Many:
    """Figures that mean something else now, as they are kept or `shown`."""
    return fields.Many(fields.Part(shown), 1, 100, **kwargs)


class Withheld(fields.Schema):
    """Of the scope itself, in the month and those it is held against; and of the single sessions behind them."""

    whole = hidden()
    previous = hidden()
    last_year = hidden()
    sessions = hidden()


def rows(required: bool = True) -> fields.Many:
    """Of a breakdown. `required` is False for those that older versions do not have."""
    return fields.Many(fields.Part(CountedRow), 0, MOST_ROWS, required=required)


class Content(OfReport):
    """What a version says. Rates follow from it; the definitions are those it was counted by.

    Of hosts and units the busiest are named, the rest is one row; versions from before that have neither.
    """

    name = fields.Text(100, required=True)
    demo = fields.Truth(required=True)
    as_of = ma.fields.Dict(
        keys=fields.Text(64), values=fields.Whole(0, 2**53), required=True
    )
    whole = counted()
    previous = counted()
    last_year = counted()
    targets = ma.fields.Dict(
        keys=fields.OneOf(IDENTIFIERS), values=fields.Whole(0, MOST), required=True
    )
    divisions = rows()
    categories = rows()
    need_categories = rows()
    hosts = rows(required=False)
    units = rows(required=False)
    days = rows()
    definitions = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
    redefined = redefined(Redefined)
    withheld = fields.Part(Withheld, required=True)


@event("report_frozen.v1")
class ReportFrozen(Content):
    report = fields.Text(32, required=True)
    version = number(required=True)
    by = fields.Id(required=True)


@event("report_restated.v1")
class ReportRestated(ReportFrozen):
    reason = reason(required=True)

"""The organisation chart of a place on a day."""

from schemas import fields
from schemas.branches.branches import MOST_LINKS
from schemas.places import division

MOST_CHARTED = 500


class AskChart(fields.Schema):
    division = division(required=True)
    on = fields.Day(metadata={"description": "哪一天的组织架构，不填为今天"})


class ChartedBranch(fields.Schema):
    branch = fields.Id(required=True)
    name = fields.Text(60, required=True)
    secretary = fields.Id(allow_none=True, required=True)
    parents = fields.Whole(
        0, MOST_LINKS, required=True, metadata={"description": "当日有几个上级"}
    )


class ChartedParent(fields.Schema):
    """`""` as parent: those with none that day."""

    parent = fields.Text(64, required=True, metadata={"minLength": 0})
    name = fields.Text(60, required=True)
    kind = fields.Text(20, required=True)
    branches = fields.Many(fields.Part(ChartedBranch), 0, MOST_CHARTED, required=True)


class Chart(fields.Schema):
    """A branch stands under each of its parents, and counts once in `total`."""

    division = fields.Division(required=True)
    on = fields.Day(required=True)
    total = fields.Whole(0, MOST_CHARTED, required=True)
    complete = fields.Truth(required=True, metadata={"description": "是否列全"})
    parents = fields.Many(fields.Part(ChartedParent), 0, MOST_CHARTED, required=True)

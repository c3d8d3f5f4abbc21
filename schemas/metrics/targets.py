"""Targets: what the district means to reach, the metrics service's own facts."""

from schemas import fields
from schemas.events import event
from schemas.metrics.periods import figure, period, scope
from schemas.paging import Paged
from schemas.resource import Resource

MOST = 10**12
IN_A_WHOLE = 10_000


def value() -> fields.Whole:
    return fields.Whole(
        0,
        MOST,
        required=True,
        metadata={"description": "目标值；比率填万分之几，如 85% 填 8500"},
    )


class Aim(fields.Schema):
    """Of what it is a target."""

    scope = scope()
    period = period()
    figure = figure()


class SetTarget(Aim):
    value = value()


class ListTargets(Paged):
    scope = scope()


@event("target_set.v1")
class TargetSet(SetTarget):
    target = fields.Text(100, required=True)
    by = fields.Id(required=True)


class Target(Resource):
    id = fields.Text(
        100, required=True, metadata={"description": "编号，范围:时段:数字"}
    )
    scope = scope()
    period = period()
    figure = figure()
    name = fields.Text(64, required=True, metadata={"description": "数字的名称"})
    unit = fields.Text(16, required=True)
    value = value()

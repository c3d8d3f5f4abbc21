"""Every figure of the district: its identifier, its name, what it counts, its unit, and which way is better."""

from schemas import fields
from schemas.metrics.activity_definitions import (
    COUNTED_OF_ACTIVITIES,
    MINUTES,
    MINUTES_BY_CLASS,
    OF_ACTIVITIES,
)
from schemas.metrics.definition import LESS, MORE, NEITHER, Definition, rate
from schemas.metrics.doorstep_definitions import (
    COUNTED_OF_DOORSTEP,
    FINDING_P50,
    OF_CARE,
    OF_DOORS,
    OF_DOORSTEP,
)
from schemas.metrics.need_definitions import (
    COUNTED_OF_NEEDS,
    FULFILMENTS,
    OF_COMMITMENTS,
    OF_NEEDS,
    PERCENTILES,
)

__all__ = [
    "BY_IDENTIFIER",
    "COUNTED_OF_ACTIVITIES",
    "COUNTED_OF_DOORSTEP",
    "COUNTED_OF_NEEDS",
    "DEFINITIONS",
    "FINDING_P50",
    "FULFILMENTS",
    "IDENTIFIERS",
    "MINUTES",
    "MINUTES_BY_CLASS",
    "OF_ACTIVITIES",
    "OF_CARE",
    "OF_COMMITMENTS",
    "OF_DOORS",
    "OF_DOORSTEP",
    "OF_NEEDS",
    "OF_PLACES",
    "PERCENTILES",
    "AskDefinitions",
    "Definition",
    "DefinitionShown",
    "Definitions",
]

# Of places and units.

ACTIVE = Definition(
    "active_units",
    "活跃单位",
    "到时段末 90 天内在范围内完成过项目或主办、协办过有人到场的活动的联建单位；不可相加",
    "家",
)
COVERED = Definition("covered", "覆盖社区", "时段内有人签到或有需求办结的社区", "个")
COMMUNITIES = Definition("communities", "社区数", "范围内的社区", "个", NEITHER)
COVERAGE = rate("coverage", "覆盖率", COVERED, COMMUNITIES, "；社区按当时所属的街道计")
GRIDS_COVERED = Definition(
    "grids_covered",
    "覆盖微网格",
    "时段内有人签到或有需求办结的微网格，按活动或需求写明的计；没有登记的不计",
    "个",
)
GRIDS = Definition(
    "grids",
    "微网格数",
    "时段内有效的微网格；以前有效、时段内仍有签到或办结记在其上的也计",
    "个",
    NEITHER,
)
GRID_COVERAGE = rate(
    "grid_coverage", "微网格覆盖率", GRIDS_COVERED, GRIDS, "；微网格按当时所属的社区计"
)
OF_PLACES = (
    ACTIVE,
    COVERED,
    COMMUNITIES,
    COVERAGE,
    GRIDS_COVERED,
    GRIDS,
    GRID_COVERAGE,
)

DEFINITIONS = (*OF_ACTIVITIES, *OF_NEEDS, *OF_DOORSTEP, *OF_DOORS, *OF_PLACES)
BY_IDENTIFIER = {definition.identifier: definition for definition in DEFINITIONS}
IDENTIFIERS = tuple(BY_IDENTIFIER)


class AskDefinitions(fields.Schema):
    pass


class DefinitionShown(fields.Schema):
    identifier = fields.Text(64, required=True)
    name = fields.Text(64, required=True)
    meaning = fields.Text(200, required=True)
    unit = fields.Text(16, required=True)
    better = fields.OneOf(
        (MORE, LESS),
        metadata={"description": "more 越多越好、less 越少越好；没有好坏之分的不填"},
    )
    part = fields.Text(64, metadata={"description": "比率的分子；只有比率有"})
    whole = fields.Text(64, metadata={"description": "比率的分母；只有比率有"})


class Definitions(fields.Schema):
    items = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)

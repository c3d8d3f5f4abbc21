"""Matching: which offerings suit a need, which needs an offering, and why."""

from schemas import fields
from schemas.cobuild.needs import OfNeed
from schemas.cobuild.offerings import OfOffering

PARTS = (
    "category",
    "place",
    "audience",
    "time",
    "capacity",
    "record",
    "turn",
    "declines",
)
MOST_MATCHES = 50


class MatchesOfNeed(OfNeed):
    limit = fields.Whole(
        1, MOST_MATCHES, load_default=10, metadata={"description": "最多几条"}
    )


class MatchesOfOffering(OfOffering):
    limit = fields.Whole(
        1, MOST_MATCHES, load_default=10, metadata={"description": "最多几条"}
    )


class AskWeights(fields.Schema):
    pass


class Reason(fields.Schema):
    part = fields.OneOf(PARTS, required=True)
    points = fields.Whole(-100, 100, required=True)
    of = fields.Whole(0, 100, required=True, metadata={"description": "这一项最多几分"})
    text = fields.Text(100, required=True, metadata={"description": "为什么得这么多分"})


class Match(fields.Schema):
    offering = fields.Id(required=True)
    need = fields.Id(required=True)
    unit = fields.Id(required=True)
    title = fields.Text(60, required=True, metadata={"description": "资源或需求的标题"})
    unit_name = fields.Text(60, required=True)
    score = fields.Whole(-100, 100, required=True)
    reasons = fields.Many(fields.Part(Reason), 1, len(PARTS), required=True)


class Matches(fields.Schema):
    items = fields.Many(fields.Part(Match), 0, MOST_MATCHES, required=True)


class Weight(fields.Schema):
    part = fields.OneOf(PARTS, required=True)
    weight = fields.Whole(-100, 100, required=True)
    text = fields.Text(200, required=True, metadata={"description": "怎样计分"})


class Weights(fields.Schema):
    items = fields.Many(fields.Part(Weight), 1, len(PARTS), required=True)

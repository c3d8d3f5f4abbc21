"""Campaigns (主题活动): what activities of many hosts belong to, declared once so that all call it the same."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.events import event
from schemas.paging import Searched
from schemas.resource import Resource


def name(**kwargs: Any) -> fields.Text:
    return fields.Text(
        30, metadata={"description": "主题活动名称，如 我们的节日"}, **kwargs
    )


class DeclareCampaign(fields.Schema):
    """Declared again, it is changed."""

    campaign = name(required=True)
    division = fields.Division(
        required=True, metadata={"description": "发起的区或街道"}
    )
    since = fields.Day(required=True, metadata={"description": "开始日（含当日）"})
    until = fields.Day(required=True, metadata={"description": "结束日（含当日）"})
    summary = fields.Text(500, metadata={"description": "简介"})

    @ma.validates_schema
    def days_in_order(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["until"] < data["since"]:
            raise ma.ValidationError(
                fields.Complaint("until_before_since", "结束日不能早于开始日"), "until"
            )


class ListCampaigns(Searched):
    """Those that are not over, the first to end first."""


@event("campaign_declared.v1")
class CampaignDeclared(DeclareCampaign):
    pass


class Campaign(Resource):
    id: fields.Text = fields.Text(
        30, required=True, metadata={"description": "主题活动名称"}
    )
    division = fields.Division(required=True)
    since = fields.Day(required=True)
    until = fields.Day(required=True)
    summary = fields.Text(500)

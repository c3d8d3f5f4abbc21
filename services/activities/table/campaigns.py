"""Campaigns of the district and its streets."""

from schemas.activities import campaigns as asks
from services.activities.rules import campaigns
from services.activities.table.columns import CAMPAIGN
from services.activities.views import campaigns as answers
from services.district.authority import overseeing
from services.kit.entrypoints import command, query


class Campaigns:
    """The part of the table for campaigns."""

    # A table: an entry a line.
    # fmt: off
    declare_campaign = command(asks.DeclareCampaign, campaigns.declare, by=overseeing("division"), shows=CAMPAIGN)
    list_campaigns = query(asks.ListCampaigns, answers.list_campaigns)
    # fmt: on

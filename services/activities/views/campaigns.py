"""Campaigns as they are listed."""

from schemas.documents import Json
from services.activities.folds.campaigns import CAMPAIGNS
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.views import Find, Reads


def list_campaigns(views: Reads, question: Json, asked: Asked) -> Json:
    """Those that are not over."""
    today = local_day(asked.now)
    current = Find("campaigns", {}, "until", since=today)
    return listed(views, CAMPAIGNS, question, current)

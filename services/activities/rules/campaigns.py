"""Campaigns, declared by the district or a street."""

from schemas.documents import Json
from services.activities.model.times import moment
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads


def declare(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Declared again, it is changed, by who oversees it as it was too."""
    territory.known(docs, command["division"], "division")
    known = docs.get("campaigns", command["campaign"])
    if known is not None:
        must_oversee(docs, asked.actor, known["division"])
    return Fact("campaign_declared.v1", f"campaign/{command['campaign']}", command)


def must_be_on(docs: Reads, posting: Json) -> None:
    """Raises unless the campaign the posting belongs to, if any, was declared for its place and its first day."""
    if "campaign" not in posting:
        return
    name = posting["campaign"]
    campaign = docs.get("campaigns", name)
    if campaign is None:
        says = f"没有名为“{name}”的主题活动，请先由街道或区里发起"
        raise Refused("unknown_campaign", says, path="campaign")
    if not posting["community"].startswith(campaign["division"]):
        says = f"主题活动“{name}”不在这个社区开展"
        raise Refused("campaign_elsewhere", says, path="campaign")
    if not _is_on(campaign, posting["starts_at"]):
        since, until = (day_in_words(campaign[end]) for end in ("since", "until"))
        days = f"从 {since} 到 {until}"
        says = f"主题活动“{name}”{days}，活动不在其间"
        raise Refused("campaign_not_on", says, path="campaign")


def is_on_for(docs: Reads, content: Json, starts_at: str) -> bool:
    """Whether the campaign named, as far as it is known, is on in that community on that day."""
    campaign = docs.get("campaigns", content["campaign"])
    if campaign is None:
        return True
    there = content["community"].startswith(campaign["division"])
    return bool(there and _is_on(campaign, starts_at))


def _is_on(campaign: Json, starts_at: str) -> bool:
    return bool(campaign["since"] <= local_day(moment(starts_at)) <= campaign["until"])

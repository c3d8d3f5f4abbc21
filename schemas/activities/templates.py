"""Templates: what is posted again and again, without its days."""

from typing import Any

from schemas import fields
from schemas.activities.contents import (
    CATEGORIES,
    HOST,
    OfActivity,
    Terms,
    all_help,
    audience,
    cohosts,
    helper_hours,
    helpers,
    host,
    hours,
    mode,
    seats,
)
from schemas.area_codes import grid
from schemas.events import event
from schemas.paging import Searched
from schemas.recurrence import Rule
from schemas.resource import Resource

MOST_LEAD_MIN = 366 * 24 * 60


def owner(**kwargs: Any) -> fields.Code:
    """A host, or a district or street for everyone in it."""
    pattern = rf"(branch|unit|partner)/{fields.Id.PATTERN}|community/[0-9]{{12}}|[0-9]{{6}}([0-9]{{3}})?"
    metadata = {"description": "属于哪个主办方；区或街道代码则辖区内都可用"}
    return fields.Code(pattern, HOST, most=80, metadata=metadata, **kwargs)


class CopyActivity(OfActivity):
    """A draft of the same again, its sessions as far apart as they were."""

    starts_at = fields.Instant(required=True, metadata={"description": "首场开始时间"})


class SaveTemplate(OfActivity):
    name = fields.Text(60, required=True, metadata={"description": "模板名称"})
    owner = owner()


class OfTemplate(fields.Schema):
    template = fields.Id(required=True, metadata={"description": "模板编号"})


class DraftFromTemplate(OfTemplate):
    host = host(required=True, metadata={"description": "主办方"})
    community = fields.Division(
        "community", required=True, metadata={"description": "举办地所在社区代码"}
    )
    place = fields.Text(100, metadata={"description": "地点，不填同模板"})
    grid = grid()
    starts_at = fields.Instant(required=True, metadata={"description": "首场开始时间"})


class ListTemplates(Searched):
    owner = owner(required=True)


class Pattern(fields.Schema):
    """What a template says. Times are minutes: how long a session lasts, and how long before it sign-up ends."""

    title = fields.Text(60, required=True)
    summary = fields.Text(2000)
    audience = audience()
    category = fields.OneOf(CATEGORIES, required=True)
    campaign = fields.Text(30)
    place = fields.Text(100, required=True)
    minutes = fields.Whole(1, 24 * 60, required=True)
    cutoff_min = fields.Whole(0, MOST_LEAD_MIN, required=True)
    capacity = seats(required=True)
    kept_offline = seats(0)
    kept_walk_in = seats(0)
    helpers = helpers()
    helpers_cutoff_min = fields.Whole(0, MOST_LEAD_MIN)
    helper_terms = fields.Part(Terms)
    helper_hours = helper_hours()
    all_help = all_help()
    cohosts = cohosts(required=True)
    hours = hours()
    mode = mode()
    repeats = Rule()
    terms = fields.Part(Terms, required=True)


@event("template_saved.v1")
class TemplateSaved(Pattern):
    template = fields.Id(required=True)
    name = fields.Text(60, required=True)
    owner = owner(required=True)


@event("template_withdrawn.v1")
class TemplateWithdrawn(OfTemplate):
    pass


class Template(Pattern, Resource):
    name = fields.Text(60, required=True)
    owner = owner(required=True)
    state = fields.OneOf(("saved", "withdrawn"), required=True)
    state_text = fields.Text(20, required=True)

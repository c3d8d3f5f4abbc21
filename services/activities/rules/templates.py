"""Posting the same again: a copy of last time's, or from a template."""

from datetime import timedelta

from schemas.documents import Json, pick_present
from services.activities.model.lifecycles import ACTIVITY, TEMPLATE
from services.activities.model.roles import OF_HELPERS
from services.activities.model.times import ends_of, moment, starts_of
from services.activities.rules.authority import (
    may_keep,
    must_be_active,
    must_keep,
    must_post,
)
from services.activities.rules.copies import copied, from_template
from services.activities.rules.dates import SEATS, later, moved, must_be_possible
from services.activities.rules.lookups import activity_kept, activity_seen
from services.activities.rules.postings import content_of, draft
from services.district.authority import must_oversee
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

OF_A_PATTERN = (
    "title",
    "summary",
    "audience",
    "category",
    "campaign",
    "cohosts",
    "terms",
    "hours",
    "mode",
    "repeats",
    *OF_HELPERS,
)
TEMPLATES = kind_of(TEMPLATE, "templates")
WHERE_AND_WHEN = ("community", "place", "grid", "starts_at", "host")
CUTOFFS = ("cutoff", "helpers_cutoff")
MINUTE = timedelta(minutes=1)


def copy_activity(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A draft with all its sessions as many days later as the first is moved."""
    activity = activity_kept(docs, command, asked)
    must_be_active(docs, activity["host"], asked)
    content = content_of(docs, activity)
    sessions = content["sessions"]
    by = moment(command["starts_at"]) - starts_of(sessions[0])
    plans = [moved(plan, by) for plan in sessions]
    must_be_possible(plans, asked)
    id = asked.new_id
    for number, plan in enumerate(plans, start=1):
        plan["session"] = f"{id}.{number}"
    copy = copied(docs, content, plans, asked) | {"activity": id}
    return ACTIVITY.fact("activity_drafted.v2", id, copy)


def save_template(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Of any activity one sees, for a host or, by who oversees it, for all of a division."""
    activity = activity_seen(docs, command, asked)
    owner = str(command.get("owner", activity["host"]))
    must_own(docs, owner, asked)
    pattern = _pattern(content_of(docs, activity))
    content = {"name": command["name"], "owner": owner} | pattern
    return TEMPLATE.fact("template_saved.v1", asked.new_id, content)


def _pattern(content: Json) -> Json:
    """What is posted again: of the whole, and of its first session without its day."""
    first = content["sessions"][0]
    minutes = (ends_of(first) - starts_of(first)) // MINUTE
    pattern = pick_present(content, *OF_A_PATTERN)
    pattern |= pick_present(first, *SEATS, "place")
    pattern["minutes"] = minutes
    return pattern | _leads(first)


def _leads(plan: Json) -> Json:
    """`{cutoff_min, helpers_cutoff_min}`: by how many minutes sign-up ends before the session begins."""
    leads = {}
    for name in CUTOFFS:
        if name in plan:
            lead = starts_of(plan) - moment(plan[name])
            leads[f"{name}_min"] = lead // MINUTE
    return leads


def withdraw_template(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Nobody posts from it any more; what was posted stays."""
    template = TEMPLATES.found(docs, command["template"], asked, sees=_sees)
    must_own(docs, template["owner"], asked)
    TEMPLATE.must_allow(template, "withdraw", template["name"])
    return TEMPLATE.fact("template_withdrawn.v1", template["id"], command)


def draft_from_template(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Where and when the command says. What does not hold then is left behind, and told."""
    must_post(docs, command["host"], asked)
    template = TEMPLATES.found(docs, command["template"], asked, sees=_sees)
    TEMPLATE.must_allow(template, "use", template["name"])
    wanted = _posting(template, command)
    posting, left_behind = from_template(docs, wanted, asked)
    drafted = draft(docs, posting, asked)
    content = drafted.data | left_behind
    return ACTIVITY.fact(drafted.type, asked.new_id, content)


def _posting(template: Json, command: Json) -> Json:
    """What the template says, where and when the command says."""
    posting = pick_present(template, *OF_A_PATTERN, *SEATS, "place")
    posting |= pick_present(command, *WHERE_AND_WHEN)
    starts_at = command["starts_at"]
    lasts = timedelta(minutes=template["minutes"])
    posting["ends_at"] = later(starts_at, lasts)
    return posting | _cutoffs(template, starts_at)


def _cutoffs(template: Json, starts_at: str) -> Json:
    cutoffs = {}
    for name in CUTOFFS:
        if f"{name}_min" in template:
            lead = timedelta(minutes=template[f"{name}_min"])
            cutoffs[name] = later(starts_at, -lead)
    return cutoffs


def must_see_those_of(docs: Reads, owner: str, asked: Asked) -> None:
    """Raises unless the templates are those of a district or street, made for all, or the actor's own."""
    if "/" in owner:
        must_keep(docs, owner, asked)


def _sees(docs: Reads, template: Json, asked: Asked) -> bool:
    return "/" not in template["owner"] or may_keep(docs, template["owner"], asked)


def must_own(docs: Reads, owner: str, asked: Asked) -> None:
    """Raises unless the actor keeps the host's activities, or oversees the division."""
    if "/" in owner:
        must_keep(docs, owner, asked)
    else:
        must_oversee(docs, asked.actor, owner)

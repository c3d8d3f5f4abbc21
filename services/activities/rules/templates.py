"""Posting the same again: a copy of last time's, or from a template."""

from datetime import datetime, timedelta

from schemas.documents import Json
from services.activities.model.lifecycles import TEMPLATE
from services.activities.model.roles import OF_HELPERS
from services.activities.rules.again import copied, from_template
from services.activities.rules.authority import (
    may_keep,
    must_be_active,
    must_keep,
    must_post,
)
from services.activities.rules.dates import later, moved, must_be_possible
from services.activities.rules.found import fact, the_activity, the_kept
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
SEATS = ("capacity", "kept_offline", "kept_walk_in", "helpers")
CUTOFFS = ("cutoff", "helpers_cutoff")


def copy_activity(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = the_kept(docs, command["activity"], asked)
    must_be_active(docs, activity["host"], asked)
    content = content_of(docs, activity)
    by = datetime.fromisoformat(command["starts_at"]) - datetime.fromisoformat(
        content["sessions"][0]["starts_at"]
    )
    plans = [moved(plan, by) for plan in content["sessions"]]
    must_be_possible(plans, asked)
    numbered = [
        {**plan, "session": f"{asked.new_id}.{number}"}
        for number, plan in enumerate(plans, start=1)
    ]
    again = {**copied(docs, content, numbered, asked), "activity": asked.new_id}
    return fact("activity_drafted.v2", {"id": asked.new_id}, again)


def save_template(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"], asked)
    owner = command["owner"] if "owner" in command else activity["host"]
    must_own(docs, owner, asked)
    content = content_of(docs, activity)
    first = content["sessions"][0]
    starts, ends = (
        datetime.fromisoformat(first[name]) for name in ("starts_at", "ends_at")
    )
    before = {
        name: starts - datetime.fromisoformat(first[name])
        for name in CUTOFFS
        if name in first
    }
    pattern = {
        **{name: content[name] for name in OF_A_PATTERN if name in content},
        **{name: first[name] for name in (*SEATS, "place") if name in first},
        "minutes": (ends - starts) // timedelta(minutes=1),
        **{
            f"{name}_min": lead // timedelta(minutes=1) for name, lead in before.items()
        },
    }
    named = {"template": asked.new_id, "name": command["name"], "owner": owner}
    return Fact("template_saved.v1", f"template/{asked.new_id}", {**named, **pattern})


def withdraw_template(docs: Reads, command: Json, asked: Asked) -> Fact:
    template = TEMPLATES.found(docs, command["template"], asked, sees=_sees)
    must_own(docs, template["owner"], asked)
    TEMPLATE.must_allow(template, "withdraw", template["name"])
    return Fact("template_withdrawn.v1", f"template/{template['id']}", command)


def draft_from_template(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_post(docs, command["host"], asked)
    template = TEMPLATES.found(docs, command["template"], asked, sees=_sees)
    TEMPLATE.must_allow(template, "use", template["name"])
    posting: Json = {
        **{
            name: template[name]
            for name in (*OF_A_PATTERN, *SEATS, "place")
            if name in template
        },
        **{
            name: command[name]
            for name in ("community", "place", "grid", "starts_at", "host")
            if name in command
        },
        "ends_at": later(command["starts_at"], timedelta(minutes=template["minutes"])),
        **_cutoffs(template, command["starts_at"]),
    }
    posting, left_behind = from_template(docs, posting, asked)
    drafted = draft(docs, posting, asked)
    return Fact(drafted.type, drafted.stream, {**drafted.data, **left_behind})


def _cutoffs(template: Json, starts_at: str) -> Json:
    leads = {
        name: timedelta(minutes=template[f"{name}_min"])
        for name in CUTOFFS
        if f"{name}_min" in template
    }
    return {name: later(starts_at, -lead) for name, lead in leads.items()}


def must_see_those_of(docs: Reads, owner: str, asked: Asked) -> None:
    """Raises unless the templates are those of a district or street, made for all, or the actor's own."""
    if "/" in owner:
        must_keep(docs, owner, asked)


def _sees(docs: Reads, template: Json, asked: Asked) -> bool:
    return "/" not in template["owner"] or may_keep(docs, template["owner"], asked)


def must_own(docs: Reads, owner: str, asked: Asked) -> None:
    """Whoever keeps the host's activities, or oversees the division."""
    if "/" in owner:
        must_keep(docs, owner, asked)
    else:
        must_oversee(docs, asked.actor, owner)

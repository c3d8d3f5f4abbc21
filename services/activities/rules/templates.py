"""Posting the same again: a copy of last time's, or from a template."""

from datetime import datetime, timedelta

from services.activities.lifecycles import TEMPLATE
from services.activities.rules.again import copied, from_template
from services.activities.rules.authority import must_keep, must_post
from services.activities.rules.dates import later, moved, must_be_possible
from services.activities.rules.found import fact, the_activity
from services.activities.rules.postings import content_of, draft
from services.kit.authority import must_oversee, oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay

OF_A_PATTERN = ("title", "summary", "audience", "category", "campaign", "cohosts", "terms", "repeats")
SEATS = ("capacity", "kept_offline", "kept_walk_in")


def copy_activity(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    must_post(docs, activity["host"], asked)
    content = content_of(docs, activity)
    by = datetime.fromisoformat(command["starts_at"]) - datetime.fromisoformat(content["sessions"][0]["starts_at"])
    plans = [moved(plan, by) for plan in content["sessions"]]
    must_be_possible(plans, asked)
    numbered = [{**plan, "session": f"{asked.new_id}.{number}"} for number, plan in enumerate(plans, start=1)]
    again = {**copied(docs, content, numbered, asked), "activity": asked.new_id}
    return fact("activity_drafted.v2", {"id": asked.new_id}, again)


def save_template(docs: Overlay, command: Data, asked: Asked) -> Fact:
    activity = the_activity(docs, command["activity"])
    owner = command["owner"] if "owner" in command else activity["host"]
    _must_own(docs, owner, asked)
    if activity["shown"] == "hidden" and not oversees(asked.actor, activity["community"]):
        must_keep(docs, activity["host"], asked)
    content = content_of(docs, activity)
    first = content["sessions"][0]
    starts, ends, cutoff = (datetime.fromisoformat(first[name]) for name in ("starts_at", "ends_at", "cutoff"))
    pattern = {
        **{name: content[name] for name in OF_A_PATTERN if name in content},
        **{name: first[name] for name in (*SEATS, "place") if name in first},
        "minutes": (ends - starts) // timedelta(minutes=1),
        "cutoff_min": (starts - cutoff) // timedelta(minutes=1),
    }
    named = {"template": asked.new_id, "name": command["name"], "owner": owner}
    return Fact("template_saved.v1", f"template/{asked.new_id}", {**named, **pattern})


def withdraw_template(docs: Overlay, command: Data, asked: Asked) -> Fact:
    template = _the_template(docs, command["template"])
    _must_own(docs, template["owner"], asked)
    TEMPLATE.must_allow(template, "withdraw", template["name"])
    return Fact("template_withdrawn.v1", f"template/{template['id']}", command)


def draft_from_template(docs: Overlay, command: Data, asked: Asked) -> Fact:
    template = _the_template(docs, command["template"])
    TEMPLATE.must_allow(template, "use", template["name"])
    posting: Data = {
        **{name: template[name] for name in (*OF_A_PATTERN, *SEATS, "place") if name in template},
        **{name: command[name] for name in ("community", "place", "grid", "starts_at", "host") if name in command},
        "ends_at": later(command["starts_at"], timedelta(minutes=template["minutes"])),
        "cutoff": later(command["starts_at"], -timedelta(minutes=template["cutoff_min"])),
    }
    posting, left_behind = from_template(docs, posting, asked)
    drafted = draft(docs, posting, asked)
    return Fact(drafted.type, drafted.stream, {**drafted.data, **left_behind})


def _the_template(docs: Overlay, id: str) -> Doc:
    template = docs.get("templates", id)
    if template is None:
        raise Unknown(f"没有编号为 {id} 的模板", path="template")
    return template


def _must_own(docs: Overlay, owner: str, asked: Asked) -> None:
    """Whoever keeps the host's activities, or oversees the division."""
    if "/" in owner:
        must_keep(docs, owner, asked)
    else:
        must_oversee(asked.actor, owner)

"""Posting the same again: copies and templates."""

from schemas.activities import templates as asks
from services.activities.rules import templates
from services.activities.table.columns import ACTIVITY, DECIDERS, KEEPERS, TEMPLATE
from services.activities.views import templates as answers
from services.kit.entrypoints import command, query


class Templates:
    """The part of the table for templates."""

    # A table: an entry a line.
    # fmt: off
    copy_activity = command(asks.CopyActivity, templates.copy_activity, by=KEEPERS, shows=ACTIVITY)
    save_template = command(asks.SaveTemplate, templates.save_template, by=DECIDERS, shows=TEMPLATE)
    withdraw_template = command(
        asks.OfTemplate, templates.withdraw_template, by=DECIDERS, shows=TEMPLATE)
    draft_from_template = command(
        asks.DraftFromTemplate, templates.draft_from_template, by=KEEPERS, shows=ACTIVITY)
    list_templates = query(asks.ListTemplates, answers.list_templates, by=DECIDERS)
    # fmt: on

"""Targets, and how far a figure is from its own."""

from schemas.documents import Json, pick
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
    Definition,
)
from schemas.metrics.targets import IN_A_WHOLE
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.metrics.reckoning.questions import division, must_cover


def target_shown(views: Reads, id: str, value: float | None, withheld: bool) -> Json:
    """As `beside`, of the target of that id, as far as it is told."""
    return shown(beside_target(views, id, value), withheld)


def shown(beside: Json, withheld: bool) -> Json:
    """How far a figure is, is told only where it is told itself."""
    return pick(beside, "target") if beside and withheld else beside


def beside_target(views: Reads, id: str, value: float | None) -> Json:
    """As `beside`, of the target of that id; nothing where none was set."""
    target = views.get("targets", id)
    if target is None:
        return {}
    return beside(BY_IDENTIFIER[target["figure"]], target["value"], value)


def beside(definition: Definition, set_: int, value: float | None) -> Json:
    """`{"target", "progress", "reached"}`; `set_` as a target is set: a rate in ten-thousandths."""
    target = set_ / IN_A_WHOLE if definition.is_share else set_
    if value is None:
        return {"target": target, "progress": None, "reached": False}
    reached = value <= target if definition.better == "less" else value >= target
    progress = round(value / target, 4) if target else None
    return {
        "target": target,
        "progress": progress,
        "reached": reached,
    }


def list_targets(views: Reads, question: Json, asked: Asked) -> Json:
    """A page of the targets of a scope, by id; rates in ten-thousandths."""
    must_cover(asked, question["scope"])
    division(views, question["scope"])
    return page(views, question, Find("targets", {"scope": question["scope"]}, "id"))

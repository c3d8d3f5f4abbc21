"""Units: those that were approved to everybody, applications to who decides on them and who made them."""

from collections.abc import Iterator

from schemas.cobuild import units
from schemas.documents import Json, if_any, without
from services.cobuild.folds.units import UNITS as REGISTERED
from services.cobuild.model.lifecycles import EVER_APPROVED
from services.cobuild.rules.rights import UNITS, sees_unit, speaks_for
from services.district import territory
from services.district.authority import STREET, held_within
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def get_unit(views: Reads, question: Json, asked: Asked) -> Json:
    unit = UNITS.found(views, question["unit"], asked, sees=sees_unit)
    return _unit(views, unit, asked)


def list_units(views: Reads, question: Json, asked: Asked) -> Json:
    """Applications, rejected ones too, to who decides on them and who made them."""
    wheres = _wheres(question, asked)
    finds = (Find("units", where, "id") for where in wheres)
    found = listed(views, REGISTERED, question, *finds)
    return shown(views, found, asked, _unit)


def _wheres(question: Json, asked: Asked) -> Iterator[Json]:
    """Conditions that together find what the actor sees of what is asked for."""
    within = territory.within(question)
    overseen = held_within(asked.actor, STREET, question.get("division", ""))
    for state in question.get("state", units.STATES):
        if state in EVER_APPROVED:
            yield within | {"state": state}
            continue
        for id in asked.ids:
            yield within | {"state": state, "by": id}
        for place in overseen:
            yield territory.within({"division": place}) | {"state": state}


def _unit(views: Reads, unit: Json, asked: Asked) -> Json:
    """The unit as the actor may see it, with the words of its appeal for who speaks for it."""
    if speaks_for(views, unit, asked):
        note = unit.get("appeal_note")
        return unit | if_any(appeal=asked.note(note)) if note else unit
    if asked.is_me(unit["by"]):
        return unit
    return without(unit, "by")


def with_unit_name(views: Reads, doc: Json, asked: Asked) -> Json:
    """The document with the name of the unit it names."""
    unit = views.the("units", doc["unit"])
    return doc | {"unit_name": unit["name"]}

"""Rows of a table as commands keyed by their content: the same row uploaded or imported again happens once."""

from schemas.documents import Json
from schemas.exchange.columns import Step
from schemas.exchange.rows import Row
from services.kit.actor import Actor, keeps_lists_of
from services.kit.engine.together import Asking, key_for


def asked_by(row: Row, actor: Actor) -> list[Asking]:
    """The commands of a row: the first, and those about what the first one makes."""
    first, *others = row.steps
    place = _place_of(first.payload, actor)
    key = key_for(first.step.command, first.payload, actor, place=place)

    def about_it(step: Step, payload: Json) -> Asking:
        """A command about what the first one makes: its key is made of that one's."""
        own = key_for(step.command, payload, actor, key, place)
        return Asking(step.command, payload, actor, own, step.about, key, place)

    asked = [Asking(first.step.command, first.payload, actor, key, place=place)]
    asked += [about_it(step, payload) for step, payload in others]
    return asked


def _place_of(payload: Json, actor: Actor) -> str:
    """Whose list the row is from: the unit's for one of its liaisons, else the community's for one of its clerks."""
    places = f"unit/{payload.get('unit', '')}", str(payload.get("community", ""))
    return next((place for place in places if keeps_lists_of(actor, place)), "")

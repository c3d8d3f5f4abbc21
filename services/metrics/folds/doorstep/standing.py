"""Where a door stood at a moment."""

from schemas.documents import Json

DOORS = "doors"
NOWHERE = ""


def stands_at(door: Json, moment: str) -> str:
    """The community it stood in just before that moment; "" where there was no such door then, or no longer."""
    if door["recorded_at"] >= moment or door.get("closed_at", moment) < moment:
        return NOWHERE
    places = [place for place in door["places"] if place["since"] < moment]
    return str(places[-1]["community"])

"""Who administers a place, and where somebody holds a role."""

from collections.abc import Callable, Collection, Sequence

from schemas.documents import Json
from services.district import territory
from services.kit.actor import EVERYWHERE, Actor
from services.kit.errors import Forbidden
from services.kit.scopes import Scopes
from services.kit.views import Reads

DISTRICT = ("district_admin",)
STREET = ("street_admin", *DISTRICT)
WORKERS = ("community_worker", *STREET)


def oversees(actor: Actor, place: str) -> bool:
    """True when the actor administers the street `place` lies in, or the district."""
    return actor.covers_any(STREET, place)


def held_within(actor: Actor, roles: Collection[str], division: str) -> list[str]:
    """The places inside `division` for which the actor holds one of the roles; itself, when that is all of it.

    `""` stands for everywhere, as asked for and as answered.
    """
    scopes = {role.scope for role in actor.roles if role.role in roles}
    if EVERYWHERE in scopes:
        return [division]
    places = sorted(filter(str.isdigit, scopes))
    if division.startswith(tuple(places)):
        return [division]
    return [place for place in places if place.startswith(division)]


def must_oversee(docs: Reads, actor: Actor, place: str) -> None:
    """Raises `Forbidden` unless the actor `oversees` the place."""
    if not oversees(actor, place):
        raise Forbidden(_not_overseen(docs, place), code="out_of_scope")


def overseeing(field: str, by: Sequence[str] = STREET) -> Scopes:
    """Who administers the place that the payload names so. Raises `Forbidden`."""
    return _holding(by, field, _not_overseen)


def working_in(field: str) -> Scopes:
    """Who works for that place, or administers it. Raises `Forbidden`."""
    return _holding(WORKERS, field, _not_worked_in)


def _holding(
    roles: Sequence[str], field: str, says: Callable[[Reads, str], str]
) -> Scopes:
    def place(docs: Reads, payload: Json) -> str:
        return str(payload[field])

    def refusal(docs: Reads, payload: Json) -> Forbidden:
        sentence = says(docs, payload[field])
        return Forbidden(sentence, code="out_of_scope", path=field)

    return Scopes(dict.fromkeys(roles, place), refusal)


def _not_overseen(docs: Reads, place: str) -> str:
    return f"{territory.called(docs, place)}不在您的管理范围内"


def _not_worked_in(docs: Reads, place: str) -> str:
    return f"{territory.called(docs, place)}不在您的工作范围内"

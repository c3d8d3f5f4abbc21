"""Commendations as they are shown: to who was commended, and to who may certify."""

from schemas.documents import Json, pick
from services.activities.rules.certificates import must_certify
from services.activities.rules.commendations import commendation_seen
from services.activities.views.pages import show_each
from services.district.hosts import name_of
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads


def get_commendation(views: Reads, question: Json, asked: Asked) -> Json:
    return _shown(views, commendation_seen(views, question, asked))


def my_commendations(views: Reads, question: Json, asked: Asked) -> Json:
    return _listed(views, question, {"person": asked.actor.id})


def resident_commendations(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: somebody's of one issuer. Raises for who does not certify there."""
    must_certify(views, question["issuer"], asked)
    return _listed(views, question, pick(question, "person", "issuer"))


def _listed(views: Reads, question: Json, where: dict[str, str]) -> Json:
    latest_first = Find("commendations", where, "on", newest_first=True)
    commendations = page(views, question, latest_first)
    return show_each(commendations, lambda commendation: _shown(views, commendation))


def _shown(views: Reads, commendation: Json) -> Json:
    return commendation | name_of(views, commendation["issuer"], "issuer_name")

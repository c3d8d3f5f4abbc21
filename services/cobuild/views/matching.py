"""Which offerings suit a need, which needs an offering, and how that is reckoned."""

from schemas.documents import Json
from services.cobuild.rules import matching, points
from services.cobuild.rules.rights import NEEDS, OFFERINGS, sees_need
from services.kit.entrypoints import Asked
from services.kit.views import Reads


def matches_of_need(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items}`: the best offerings for it, each with its points and reasons."""
    need = NEEDS.found(views, question["need"], asked, sees=sees_need)
    return {"items": matching.of_need(views, need, question["limit"], asked)}


def matches_of_offering(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items}`: the best needs for it, each with its points and reasons."""
    offering = OFFERINGS.found(views, question["offering"], asked)
    return {"items": matching.of_offering(views, offering, question["limit"], asked)}


def matching_weights(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items}`: how many points each thing that counts brings at most."""
    return {"items": points.weights()}

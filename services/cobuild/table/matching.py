"""Which offerings suit a need, and which needs an offering."""

from schemas.cobuild import matching as schemas
from services.cobuild.table.roles import MATCHMAKERS
from services.cobuild.views import matching as views
from services.kit.entrypoints import query


class Matching:
    matches_of_need = query(
        schemas.MatchesOfNeed, views.matches_of_need, by=MATCHMAKERS
    )
    matches_of_offering = query(
        schemas.MatchesOfOffering, views.matches_of_offering, by=MATCHMAKERS
    )
    matching_weights = query(schemas.AskWeights, views.matching_weights)

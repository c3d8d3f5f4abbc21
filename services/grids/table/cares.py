"""Care, and mediation."""

from schemas.grids import cares as schemas
from schemas.grids import mediations as of_mediations
from schemas.grids.kept import AskKept
from services.grids.rules import cares, mediations
from services.grids.table.roles import STAFF, WALKERS
from services.grids.views import cares as views
from services.grids.views import mediations as mediation_views
from services.kit.entrypoints import command, due, query

CARE = ("cares", "care")
MEDIATION = ("mediations", "mediation")


class Cares:
    begin_care = command(schemas.BeginCare, cares.begin, by=STAFF, shows=CARE)
    pause_care = command(schemas.OfCare, cares.pause, by=STAFF, shows=CARE)
    resume_care = command(schemas.OfCare, cares.resume, by=STAFF, shows=CARE)
    end_care = command(schemas.EndCare, cares.end, by=STAFF, shows=CARE)
    ring_care = due("cares", {"state": "active"}, cares.ring, by="rings_at")
    miss_care = due("cares", {"state": "active"}, cares.miss, by="next_at")
    get_care = query(schemas.OfCare, views.get_care, by=WALKERS)
    list_cares = query(schemas.ListCares, views.list_cares, by=STAFF)


class Mediations:
    open_mediation = command(
        of_mediations.OpenMediation, mediations.open, by=WALKERS, shows=MEDIATION
    )
    end_mediation = command(
        of_mediations.EndMediation, mediations.end, by=WALKERS, shows=MEDIATION
    )
    forget_words = due(
        "mediations", {"words_are": "kept"}, mediations.forget, by="keep_until"
    )
    mediations_kept = query(AskKept, mediation_views.count_kept, by=STAFF)
    get_mediation = query(
        of_mediations.OfMediation, mediation_views.get_mediation, by=WALKERS
    )
    list_mediations = query(
        of_mediations.ListMediations, mediation_views.list_mediations, by=STAFF
    )

"""Quarrels somebody mediates in: begun in a grid or for a finding; what was said is read on purpose."""

from gateway.web import arriving
from gateway.web.doorstep import DAY, ONE_GRID, PER_PAGE, SERVICE, named_grid
from gateway.web.drawing import drawn
from gateway.web.grids import GRIDS, around
from gateway.web.page import Ask, Form, Page, Visit
from gateway.web.whom import person_for
from gateway.web.whose import WORKERS
from schemas.documents import Json
from schemas.grids.findings import OfFinding
from schemas.grids.kept import AskKept
from schemas.grids.mediations import (
    ENDINGS,
    QUARRELS,
    ListMediations,
    OfMediation,
    OpenMediation,
)

MOST_ENDED = 20
ASKED = ("kind", "words")
WORDS: Json = {"quarrels": QUARRELS, "endings": ENDINGS}


def new(visit: Visit) -> Json:
    """Of a grid; for a finding that the address names. Whoever keeps records may say whom it is about."""
    grid = named_grid(visit, visit.path)
    asked = (*ASKED, "about") if visit.actor.has(*WORKERS) else ASKED
    picks = {"about": person_for("about")(visit, arriving.sought("about"))}
    known = grid | {"fields": drawn(OpenMediation(), *asked, picks=picks)}
    known["place_name"] = visit.places.name_of
    finding = visit.query.get("finding")
    if finding is None:
        return known | {"at": None}
    return known | {"at": visit.ask(SERVICE, "get_finding", OfFinding, finding=finding)}


def one(visit: Visit) -> Json:
    return WORDS | {"place_name": visit.places.name_of}


def of_community(visit: Visit) -> Json:
    """All that are not settled, and those that were last."""
    known = around(visit)
    here = {"division": known["community"]}
    open = here | {"state": "open", "limit": PER_PAGE}
    ended = here | {"state": "ended", "limit": MOST_ENDED}
    columns = {
        title: visit.ask(SERVICE, "list_mediations", ListMediations, **said)
        for title, said in (("调解中", open), ("最近结束的", ended))
    }
    kept = visit.ask(SERVICE, "mediations_kept", AskKept, **here)
    return known | WORDS | {"columns": columns, "kept": kept}


PAGES: tuple[Page | Form, ...] = (
    Form(
        f"{ONE_GRID}/mediation",
        "doorstep_mediation_new.html",
        SERVICE,
        "open_mediation",
        OpenMediation,
        f"{DAY}/mediations/{{id}}",
        more=new,
    ),
    Page(
        f"{DAY}/mediations/<mediation>",
        "doorstep_mediation.html",
        (Ask("mediation", SERVICE, "get_mediation", OfMediation),),
        one,
        for_all=False,
    ),
    Page(
        f"{GRIDS}/mediations", "grids_mediations.html", more=of_community, for_all=False
    ),
)

"""Who looked at whose data: one's own, and an administrator's search; and the seals, to be printed with the day."""

from gateway.api.waiting import TITLES
from gateway.web.called import naming
from gateway.web.district import scope_of
from gateway.web.page import Ask, Page, Visit
from schemas.documents import Json
from schemas.people.audit import KINDS_IN_WORDS, ListAudit
from schemas.people.persons import ListLooks
from schemas.seals import ListSeals


def of_oneself(visit: Visit) -> Json:
    return {"person": visit.actor.id}


def of_the_place(visit: Visit) -> Json:
    """Where the visitor administers, unless another place is asked for."""
    return {"division": visit.query.get("division") or scope_of(visit)}


def sealed(visit: Visit) -> Json:
    return {"title_of": TITLES}


def chosen(visit: Visit) -> Json:
    return (
        of_the_place(visit)
        | naming(visit)
        | {
            "kinds": KINDS_IN_WORDS,
            "kind": visit.query.get("kind", ""),
            "person": visit.query.get("person", ""),
            "by": visit.query.get("by", ""),
            "streets": visit.places.streets(),
        }
    )


PAGES = (
    Page(
        "/me/looks",
        "my_looks.html",
        (Ask("looks", "people", "list_looks", ListLooks, of_oneself),),
        for_all=False,
    ),
    Page(
        "/ops/audit",
        "audit.html",
        (Ask("audit", "people", "list_audit", ListAudit, of_the_place),),
        chosen,
        for_all=False,
    ),
    Page(
        "/seals",
        "seals.html",
        (Ask("seals", "people", "list_seals", ListSeals),),
        sealed,
    ),
)

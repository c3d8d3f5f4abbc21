"""Who acts for whom, as either of them and who keeps the record sees it."""

from schemas.documents import Json, if_any
from services.kit.entrypoints import Asked
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.people.rules.person import PERSONS, disposes, sees
from services.people.views.persons import name_of


def list_links(views: Reads, question: Json, asked: Asked) -> Json:
    person = PERSONS.admitted(views, question["person"], asked, may=disposes, sees=sees)
    find = Find("links", {"person": person["id"]}, "id")
    return _named(page(views, question, find), asked)


def list_my_links(views: Reads, question: Json, asked: Asked) -> Json:
    """For whom the actor may act now."""
    where = {"holder": asked.actor.id, "state": "active"}
    return _named(page(views, question, Find("links", where, "id")), asked)


def _named(found: Json, asked: Asked) -> Json:
    return found | {"items": [_shown(link, asked) for link in found["items"]]}


def _shown(link: Json, asked: Asked) -> Json:
    names = if_any(
        person_name=name_of(link["person"], asked),
        holder_name=name_of(link["holder"], asked),
    )
    return link | names

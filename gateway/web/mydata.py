"""All that is held of the visitor, in a page; and the page on which they have it erased."""

from gateway.api.held import collected
from gateway.web.page import Form, Page, Visit
from schemas.documents import Json
from schemas.people.persons import ErasePerson

WISH = "本人要求"


def held(visit: Visit) -> Json:
    return {"data": collected()}


def oneself(visit: Visit) -> Json:
    return {"me": visit.actor.id, "wish": WISH}


PAGES = (
    Page("/me/data", "my_data.html", more=held, for_all=False),
    Form(
        "/me/erase",
        "erase_me.html",
        "people",
        "erase_person",
        ErasePerson,
        "/",
        more=oneself,
    ),
)

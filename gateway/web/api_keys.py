"""Keys for programs: made of what one may do oneself and shown once, listed with what each is good for, ended."""

from gateway.api import made
from gateway.signin.access import RESIDENT
from gateway.web.called import naming
from gateway.web.drawing import drawn
from gateway.web.known import PEOPLE
from gateway.web.page import Ask, Brings, Form, Page, Visit
from schemas.documents import Json
from schemas.people.api_keys import ListApiKeys, MakeApiKey
from services.kit.errors import Forbidden

MINE = "/me/api-keys"
NO_OFFICE = "密钥用来办任职的事，您现在没有任职"


class KeyWanted(MakeApiKey):
    """What is filled in; the hash is made here."""

    class Meta:
        exclude = ("hash",)


def what_may_be_given(visit: Visit) -> Json:
    """The roles of the visitor. Raises `Forbidden` for who has none."""
    held = [role for role in visit.actor.roles if role.role != RESIDENT]
    if not held:
        raise Forbidden(NO_OFFICE, code="above_own")
    fields = drawn(KeyWanted(), "name", "until")
    return naming(visit) | {"fields": fields, "held": held}


PAGES: tuple[Page | Form, ...] = (
    Page(
        MINE,
        "api_keys.html",
        (Ask("keys", PEOPLE, "list_api_keys", ListApiKeys),),
        naming,
        for_all=False,
    ),
    Form(
        f"{MINE}/new",
        "api_key_new.html",
        PEOPLE,
        "make_api_key",
        KeyWanted,
        MINE,
        more=what_may_be_given,
        brings=Brings(made.API_KEY, "api_key_made.html"),
    ),
)

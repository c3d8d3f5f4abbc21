"""Forms as they arrive: whose page sends one, what it says, and for whom it was made."""

from flask import request

from gateway.edge import reading
from gateway.edge.application import application
from gateway.signin.believing import SIGNED_IN, SignedIn
from gateway.signin.cookies import READS_FORM
from gateway.web.forms import SEEKING, SOUGHT, payload_of
from gateway.web.page import Button, Form
from schemas.documents import Json
from schemas.fields import Schema
from schemas.paging import MOST_SEARCHED


def is_from_here() -> bool:
    """Whether a page of ours sends it."""
    return _signed_in().cookies.is_from_here(request.environ)


def must_be_from_here() -> None:
    """Raises `Forbidden` for what a page of somebody else's sends; no page knows a token."""
    if "HTTP_AUTHORIZATION" not in request.environ:
        _signed_in().must_be_ours(request.environ)


def ticked() -> list[str]:
    """What was chosen of a list: the one whose own button was pressed, else all that were ticked."""
    _receive()
    return request.form.getlist("item") or request.form.getlist("ticked")


def is_seeking() -> bool:
    """Whether the form is sent to find somebody by name, and no more yet."""
    return SEEKING in request.form


def sought(path: str) -> str:
    """The words by which that field's choice is looked for: in a form, as no address has a name in it."""
    return request.form.get(f"{SOUGHT}/{path}", "").strip()[:MOST_SEARCHED]


def picked(path: str) -> str:
    """What was picked for the field, in a form that comes back."""
    return request.form.get(path, "")


def filled_in(schema: Schema) -> Json:
    """What a form says, whoever it is that sends it."""
    _receive()
    return payload_of(request.form.items(multi=True), schema)


def _receive() -> None:
    request.environ[READS_FORM] = True
    reading.receive(request.environ)


def must_be_senders() -> None:
    """Raises `Forbidden` for a form that was made for another session."""
    if "HTTP_AUTHORIZATION" not in request.environ:
        token = request.form.get("csrf", "")
        _signed_in().must_be_of_the_form(request.environ, token)


def must_be_tellable() -> None:
    """Raises `Unavailable` while it cannot be told whose cookie it is: signing in would not help them."""
    _signed_in().known(request.environ)


def page_of(row: Form | Button) -> str:
    """Where the form is that was sent: a button's address lies under that of its page."""
    if isinstance(row, Form):
        return request.path
    return request.path.rpartition("/")[0]


def _signed_in() -> SignedIn:
    signed_in: SignedIn = application().extensions[SIGNED_IN]
    return signed_in

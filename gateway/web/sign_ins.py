"""Where somebody is signed in, and how they end that, in one place or everywhere."""

from gateway.web.known import PEOPLE
from gateway.web.page import Ask, Button, Page
from schemas.people.persons import OfMine
from schemas.people.sessions import ListSessions, OfSession

HERE = "/me/signed-in"
PAGES: tuple[Page | Button, ...] = (
    Page(
        HERE,
        "signed_in.html",
        (Ask("sessions", PEOPLE, "list_signed_in", ListSessions),),
        for_all=False,
    ),
    Button(f"{HERE}/end", PEOPLE, "end_session", OfSession, HERE),
    Button(f"{HERE}/everywhere", PEOPLE, "sign_out_everywhere", OfMine, "/"),
)

"""One commitment, for those who take part: how far it is, when it is to be, and what they say to one another."""

from gateway.web.page import Ask, Page, Visit
from schemas.cobuild.commitments import OfOneCommitment
from schemas.cobuild.talks import ListMessages
from schemas.documents import Json

SERVICE = "cobuild"
ONE = "/commitments/<commitment>"


def named(visit: Visit) -> Json:
    about: Json = {"place_name": visit.places.name_of}
    return about | {"is_units": visit.actor.has("unit_liaison")}


PAGES = (
    Page(
        ONE,
        "commitment.html",
        (
            Ask("commitment", SERVICE, "get_commitment", OfOneCommitment),
            Ask("messages", SERVICE, "commitment_messages", ListMessages),
        ),
        named,
        for_all=False,
    ),
)

"""What an approval of a unit or a partner rests on, and what may be struck with one of them."""

from schemas.documents import Json
from services.kit.errors import Refused
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay, Reads

HOSTS = Collection("hosts")  # Who has drafted an activity, as `unit/…` or `partner/…`.


def fold_hosted(docs: Overlay, event: Event) -> None:
    """Something was drafted for the host: an approval that could be taken back has been made use of."""
    docs.put(HOSTS.name, {"id": event.data["host"]})


HOST_FOLDS: Folds = {
    "activity_drafted.v1": fold_hosted,
    "activity_drafted.v2": fold_hosted,
}


def has_hosted(docs: Reads, host: str) -> bool:
    """True when something was ever drafted for `unit/…` or `partner/…`."""
    return docs.get(HOSTS.name, host) is not None


def must_be_confirmed(command: Json, says: str) -> None:
    """Raises `Refused` with what else it strikes, unless the command says that this is known."""
    if not command.get("confirm"):
        raise Refused("strikes_others", says, path="confirm")

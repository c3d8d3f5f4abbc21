"""What is told of party branches: to who works for one, its secretaries, and the street."""

from functools import partial

from services.district import hosts, territory
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.notices.folds import told

COLLECTIONS = (hosts.BRANCHES,)
tell = partial(told.tell, "branches")


def fold_appointed(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    words = {
        "branch": branch["name"],
        "since": event.data["since"],
        "until": event.data["until"],
    }
    tell(docs, event, "secretary_appointed", [told.person(event.data["person"])], words)


def fold_expiring(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    words = {
        "branch": branch["name"],
        "office": event.data["office"],
        "until": event.data["until"],
    }
    to = [f"branch/{branch['id']}", territory.street_of(branch["community"])]
    tell(docs, event, "term_expiring", to, words)


def fold_merged(docs: Overlay, event: Event) -> None:
    branch, into = (
        docs.the("branches", event.data[name]) for name in ("branch", "into")
    )
    words = {"branch": branch["name"], "into": into["name"], "since": event.data["on"]}
    tell(
        docs,
        event,
        "branch_merged",
        [f"branch/{branch['id']}", f"branch/{into['id']}"],
        words,
    )


def fold_dissolved(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    words = {
        "branch": branch["name"],
        "since": event.data["on"],
        "reason": event.data["reason"],
    }
    tell(docs, event, "branch_dissolved", [f"branch/{branch['id']}"], words)


def fold_member_reported(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    words = {"branch": branch["name"], "on": event.data["on"]}
    tell(docs, event, "report_to_confirm", [told.person(event.data["person"])], words)


def fold_member_reported_of_old(docs: Overlay, event: Event) -> None:
    """Of the first version nobody was asked to confirm: there is nothing to tell."""


def fold_member_declined(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    tell(
        docs,
        event,
        "report_declined",
        [f"branch/{branch['id']}"],
        {"branch": branch["name"]},
    )


FOLDS: Folds = {
    "branch_established.v1": hosts.known_by("branch", "name", "community"),
    "branch_renamed.v1": hosts.known_by("branch", "name"),
    "secretary_appointed.v1": fold_appointed,
    "term_expiring.v1": fold_expiring,
    "branch_merged.v1": fold_merged,
    "branch_dissolved.v1": fold_dissolved,
    "member_reported_in.v1": fold_member_reported_of_old,
    "member_reported_in.v2": fold_member_reported,
    "member_report_declined.v1": fold_member_declined,
}

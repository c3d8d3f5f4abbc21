"""What is told of party branches: to who works for one, its secretaries, and the street."""

from functools import partial

from schemas.documents import pick
from services.district import hosts, territory
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_branch
from services.notices.model.addressees import to_branch, to_person

COLLECTIONS = (hosts.BRANCHES,)
tell = partial(notices.tell, "branches")


def fold_appointed(docs: Overlay, event: Event) -> None:
    content = event.data
    words = {"branch": _name(docs, event)} | pick(content, "since", "until")
    to = [to_person(content["person"])]
    tell(docs, event, "secretary_appointed", to, words)


def fold_expiring(docs: Overlay, event: Event) -> None:
    branch = the_branch(docs, event)
    words = {"branch": branch["name"]} | pick(event.data, "office", "until")
    to = [to_branch(branch["id"]), territory.street_of(branch["community"])]
    tell(docs, event, "term_expiring", to, words)


def fold_merged(docs: Overlay, event: Event) -> None:
    content = event.data
    branch = the_branch(docs, event)
    into = docs.the("branches", content["into"])
    words = {
        "branch": branch["name"],
        "into": into["name"],
        "since": content["on"],
    }
    to = [to_branch(branch["id"]), to_branch(into["id"])]
    tell(docs, event, "branch_merged", to, words)


def fold_dissolved(docs: Overlay, event: Event) -> None:
    content = event.data
    words = {"branch": _name(docs, event), "since": content["on"]}
    words |= pick(content, "reason")
    to = [to_branch(content["branch"])]
    tell(docs, event, "branch_dissolved", to, words)


def fold_member_reported(docs: Overlay, event: Event) -> None:
    words = {"branch": _name(docs, event)} | pick(event.data, "on")
    to = [to_person(event.data["person"])]
    tell(docs, event, "report_to_confirm", to, words)


def fold_member_reported_of_old(docs: Overlay, event: Event) -> None:
    """Of the first version nobody was asked to confirm: there is nothing to tell."""


def fold_member_declined(docs: Overlay, event: Event) -> None:
    words = {"branch": _name(docs, event)}
    to = [to_branch(event.data["branch"])]
    tell(docs, event, "report_declined", to, words)


def _name(docs: Overlay, event: Event) -> str:
    return str(the_branch(docs, event)["name"])


FOLDS: Folds = {
    "branch_established.v1": hosts.known_by("branch", "name", "community"),
    "branch_renamed.v1": hosts.changed("branch", "name"),
    "secretary_appointed.v1": fold_appointed,
    "term_expiring.v1": fold_expiring,
    "branch_merged.v1": fold_merged,
    "branch_dissolved.v1": fold_dissolved,
    "member_reported_in.v1": fold_member_reported_of_old,
    "member_reported_in.v2": fold_member_reported,
    "member_report_declined.v1": fold_member_declined,
}

"""Party branches: who oversees them, who is in office, where they meet, and how they end."""

from datetime import date, timedelta
from functools import partial

from schemas.branches.branches import MOST_SITES, MOST_TERMS
from schemas.documents import Json, if_any, pick, pick_present
from schemas.fields import instant
from services.branches.folds.places import hand_over_homes
from services.branches.folds.reports import end_reports, hand_over_members
from services.branches.model.lifecycles import BRANCH
from services.branches.model.terms import WARNED_BEFORE
from services.district import territory
from services.district.calendar import day_ends, day_of
from services.district.indexes import PLACES
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

LISTED = Collection(
    "branches",
    tuple((*place, "id") for place in reversed(PLACES)),
    searched=("name", "company"),
)
COLLECTIONS = (
    LISTED,
    Collection("uses", (("site", "branch"),)),  # By branch: the site it uses now.
    # By branch and office: the term that runs or comes.
    Collection(
        "terms_ahead",
        (("state", "warn_at"), *((*place, "state", "ends_at") for place in PLACES)),
    ),
)
OFFICES = ("secretary", "committee")


def fold_established(docs: Overlay, event: Event) -> None:
    branch = event.without("branch", "since")
    branch |= territory.placed(branch["community"])
    since = _established_on(event)
    branch |= {
        "id": event.data["branch"],
        "established_on": since,
        "links": [],
        "terms": [],
        "committees": [],
        "sites": [],
    }
    if "site" in branch:
        site = branch["site"]
        branch["sites"] = [{"site": site, "since": since}]
        _use(docs, branch, site)
    docs.put("branches", BRANCH.begun(branch))


def _established_on(event: Event) -> str:
    """The day that is said, else that of the event."""
    return event.data.get("since") or day_of(event.time)


def fold_renamed(docs: Overlay, event: Event) -> None:
    docs.change("branches", event.data["branch"], name=event.data["name"])


def fold_linked(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    links = [*branch["links"], event.without("branch")]
    docs.put("branches", branch | {"links": links})


def fold_link_ended(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    ended = pick(event.data, "until")
    links = []
    for link in branch["links"]:
        is_it = link["link"] == event.data["link"]
        links.append(link | ended if is_it else link)
    docs.put("branches", branch | {"links": links})


def fold_term(docs: Overlay, event: Event, *, field: str, office: str) -> None:
    """The new term counts from its first day: what overlaps it ends the day before, or never began."""
    branch = _branch(docs, event)
    term = event.without("branch")
    terms = [*_cut_off(branch[field], term["since"]), term]
    docs.put("branches", branch | {field: terms[-MOST_TERMS:]})
    _look_ahead(docs, branch, office, term["until"])


def _cut_off(terms: list[Json], since: str) -> list[Json]:
    """Those that began before `since`, none of which lasts longer than the day before."""
    earlier = (term for term in terms if term["since"] < since)
    return [_cut_short(term, since) for term in earlier]


def _cut_short(term: Json, since: str) -> Json:
    eve = (date.fromisoformat(since) - timedelta(days=1)).isoformat()
    return term | {"until": min(term["until"], eve)}


def _look_ahead(docs: Overlay, branch: Json, office: str, until: str) -> None:
    """Somebody is warned before the term ends with the day `until`."""
    ends = day_ends(until)
    ahead = pick(branch, "community", "street", "district")
    ahead |= {
        "id": _ahead_id(branch["id"], office),
        "branch": branch["id"],
        "office": office,
        "until": until,
        "state": "ahead",
        "warn_at": instant(ends - WARNED_BEFORE),
        "ends_at": instant(ends),
    }
    docs.put("terms_ahead", ahead)


def _ahead_id(branch: str, office: str) -> str:
    return f"{branch}:{office}"


def fold_expiring(docs: Overlay, event: Event) -> None:
    branch = event.data["branch"]
    ahead = _ahead_id(branch, event.data["office"])
    docs.change("terms_ahead", ahead, state="warned")
    docs.change("branches", branch)


def fold_site_assigned(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    use = event.without("branch")
    sites = [*branch["sites"], use]
    moved = {"site": use["site"], "sites": sites[-MOST_SITES:]}
    docs.put("branches", branch | moved)
    _use(docs, branch, use["site"])


def _use(docs: Overlay, branch: Json, site: str) -> None:
    """The branch uses the site now; none, when it is ""."""
    docs.put("uses", {"id": branch["id"], "site": site, "branch": branch["id"]})


def fold_ended(docs: Overlay, event: Event, *, step: str) -> None:
    """Nobody is warned of its terms any more; what it held goes to who takes over, if anybody does."""
    content = event.data
    branch = _branch(docs, event)
    heir = content.get("into") or content.get("to")
    ended = branch | {"ended_on": content["on"]}
    ended |= if_any(successor=heir)
    ended |= pick_present(content, "reason")
    docs.put("branches", BRANCH.after(ended, step))
    _use(docs, branch, "")
    _forget_terms(docs, branch["id"])
    _hand_over(docs, branch["id"], heir, content["on"])


def _forget_terms(docs: Overlay, branch: str) -> None:
    for office in OFFICES:
        ahead = docs.get("terms_ahead", _ahead_id(branch, office))
        if ahead is not None:
            docs.put("terms_ahead", ahead | {"state": "over"})


def _hand_over(docs: Overlay, branch: str, heir: str | None, on: str) -> None:
    """Its homes and its members go to the heir; without one its members' reports end."""
    end_reports(docs, branch, "branch", on)
    if heir:
        hand_over_homes(docs, branch, heir)
        hand_over_members(docs, branch, heir)
    else:
        end_reports(docs, branch, "member", on)


def _branch(docs: Overlay, event: Event) -> Json:
    return docs.the("branches", event.data["branch"])


OWN: Folds = {
    "branch_established.v1": fold_established,
    "branch_renamed.v1": fold_renamed,
    "oversight_linked.v1": fold_linked,
    "oversight_ended.v1": fold_link_ended,
    "secretary_appointed.v1": partial(fold_term, field="terms", office="secretary"),
    "committee_elected.v1": partial(fold_term, field="committees", office="committee"),
    "term_expiring.v1": fold_expiring,
    "site_assigned.v1": fold_site_assigned,
    "branch_merged.v1": partial(fold_ended, step="merge"),
    "branch_dissolved.v1": partial(fold_ended, step="dissolve"),
}

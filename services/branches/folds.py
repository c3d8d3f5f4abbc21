"""What the branches service remembers."""

from datetime import date, datetime, timedelta

from schemas.branches.branches import MOST_SITES, MOST_TERMS
from schemas.fields import instant
from services.branches.lifecycles import BRANCH
from services.branches.rules.terms import WARNED_BEFORE
from services.kit import territory
from services.kit.calendar import day_ends, local_day
from services.kit.log import Event
from services.kit.views import Collection, Doc, Find, Fold, Folds, Overlay

MOST_HANDED_OVER = 5000
PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))

COLLECTIONS = (
    Collection("branches", tuple((*place, "id") for place in PLACES)),
    Collection("committees", (("id",), ("district", "id"), ("street", "id"))),
    Collection("sites", tuple((*place, "id") for place in PLACES)),
    Collection("homes", (*((*place, "id") for place in PLACES), ("branch", "id"))),
    Collection("uses", (("site", "branch"),)),  # By branch: the site it uses now.
    Collection("terms_ahead", (("state", "warn_at"),)),  # By branch and office: the term that runs or comes.
    Collection("counts", (("branch", "on"),)),  # By branch and day.
    Collection("reports", (("branch", "kind", "state", "on"), ("community", "kind", "state", "on"), ("branch", "on"))),
    territory.DIVISIONS,
)


def fold_committee_established(docs: Overlay, event: Event) -> None:
    division = event.data["division"]
    place = {territory.LEVELS[len(code)]: code for code in (division[:6], division)}
    docs.put("committees", {"id": event.data["committee"], **place, **_said(event, "committee")})


def fold_site_recorded(docs: Overlay, event: Event) -> None:
    place = territory.placed(event.data["community"])
    docs.put("sites", {"id": event.data["site"], **place, **_said(event, "site")})


def fold_home_established(docs: Overlay, event: Event) -> None:
    place = territory.placed(event.data["community"])
    docs.put("homes", {"id": event.data["home"], **place, **_said(event, "home")})


def fold_established(docs: Overlay, event: Event) -> None:
    told = _said(event, "branch", "since")
    since = event.data.get("since") or local_day(datetime.fromisoformat(event.time))
    sites = [{"site": told["site"], "since": since}] if "site" in told else []
    branch = {
        "id": event.data["branch"],
        **told,
        **territory.placed(told["community"]),
        "established_on": since,
        "links": [],
        "terms": [],
        "committees": [],
        "sites": sites,
    }
    docs.put("branches", BRANCH.begun(branch))
    if sites:
        docs.put("uses", {"id": branch["id"], "site": told["site"], "branch": branch["id"]})


def fold_linked(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    docs.put("branches", {**branch, "links": [*branch["links"], _said(event, "branch")]})


def fold_link_ended(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    ended = {"until": event.data["until"]}
    links = [link | ended if link["link"] == event.data["link"] else link for link in branch["links"]]
    docs.put("branches", {**branch, "links": links})


def fold_term(field: str, office: str) -> Fold:
    """The new term counts from its first day: what overlaps it ends the day before, or never began."""

    def fold(docs: Overlay, event: Event) -> None:
        branch = _branch(docs, event)
        term = _said(event, "branch")
        earlier = [
            {**old, "until": min(old["until"], _day_before(term["since"]))}
            for old in branch[field]
            if old["since"] < term["since"]
        ]
        docs.put("branches", {**branch, field: [*earlier, term][-MOST_TERMS:]})
        warn_at = instant(day_ends(term["until"]) - WARNED_BEFORE)
        ahead = {"branch": branch["id"], "office": office, "until": term["until"], "warn_at": warn_at}
        docs.put("terms_ahead", {"id": f"{branch['id']}:{office}", **ahead, "state": "ahead"})

    return fold


def fold_expiring(docs: Overlay, event: Event) -> None:
    ahead = docs.the("terms_ahead", f"{event.data['branch']}:{event.data['office']}")
    docs.put("terms_ahead", {**ahead, "state": "warned"})
    docs.put("branches", _branch(docs, event))


def fold_site_assigned(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    use = _said(event, "branch")
    moved = {"site": use["site"], "sites": [*branch["sites"], use][-MOST_SITES:]}
    docs.put("branches", {**branch, **moved})
    docs.put("uses", {"id": branch["id"], "site": use["site"], "branch": branch["id"]})


def fold_ended(step: str) -> Fold:
    """Nobody is warned of its terms any more; what it held goes to its successor, if it has one."""

    def fold(docs: Overlay, event: Event) -> None:
        branch = _branch(docs, event)
        told = {"ended_on": event.data["on"]}
        told |= {"successor": event.data["into"]} if "into" in event.data else {"reason": event.data["reason"]}
        docs.put("branches", BRANCH.after({**branch, **told}, step))
        docs.put("uses", {"id": branch["id"], "site": "", "branch": branch["id"]})
        for office in ("secretary", "committee"):
            ahead = docs.get("terms_ahead", f"{branch['id']}:{office}")
            if ahead is not None:
                docs.put("terms_ahead", {**ahead, "state": "over"})
        if "into" in event.data:
            _hand_over(docs, branch["id"], event.data["into"])

    return fold


def _hand_over(docs: Overlay, branch: str, into: str) -> None:
    for home in docs.find(Find("homes", {"branch": branch}, "id", limit=MOST_HANDED_OVER)):
        docs.put("homes", {**home, "branch": into})
    for report in docs.find(Find("reports", {"branch": branch}, "on", limit=MOST_HANDED_OVER)):
        docs.put("reports", {**report, "branch": into})


def fold_counts(docs: Overlay, event: Event) -> None:
    branch, told = _branch(docs, event), _said(event, "branch")
    docs.put("counts", {"id": f"{branch['id']}:{told['on']}", "branch": branch["id"], **told})
    latest = branch.get("counts", told)
    docs.put("branches", {**branch, "counts": told if told["on"] >= latest["on"] else latest})


def fold_reported_in(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        told = _said(event, "report")
        docs.put("reports", {"id": event.data["report"], "kind": kind, **told, "state": "current"})

    return fold


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    report = docs.the("reports", event.data["report"])
    docs.put("reports", {**report, "until": event.data["until"], "state": "withdrawn"})


def _branch(docs: Overlay, event: Event) -> Doc:
    return docs.the("branches", event.data["branch"])


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _said(event: Event, *besides: str) -> Doc:
    return {name: value for name, value in event.data.items() if name not in besides}


FOLDS: dict[str, Folds] = {
    "branches": {
        **territory.DIVISION_FOLDS,
        "committee_established.v1": fold_committee_established,
        "site_recorded.v1": fold_site_recorded,
        "home_established.v1": fold_home_established,
        "branch_established.v1": fold_established,
        "oversight_linked.v1": fold_linked,
        "oversight_ended.v1": fold_link_ended,
        "secretary_appointed.v1": fold_term("terms", "secretary"),
        "committee_elected.v1": fold_term("committees", "committee"),
        "term_expiring.v1": fold_expiring,
        "site_assigned.v1": fold_site_assigned,
        "branch_merged.v1": fold_ended("merge"),
        "branch_dissolved.v1": fold_ended("dissolve"),
        "counts_reported.v1": fold_counts,
        "branch_reported_in.v1": fold_reported_in("branch"),
        "member_reported_in.v1": fold_reported_in("member"),
        "report_withdrawn.v1": fold_withdrawn,
    },
}

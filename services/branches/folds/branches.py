"""Party branches: who oversees them, who is in office, where they meet, and how they end."""

from datetime import date, datetime, timedelta

from schemas.branches.branches import MOST_SITES, MOST_TERMS
from schemas.documents import Json
from schemas.fields import instant
from services.branches.folds.places import PLACES, hand_over_homes
from services.branches.folds.reports import end_reports, hand_over_members
from services.branches.model.lifecycles import BRANCH
from services.branches.model.terms import WARNED_BEFORE
from services.district import territory
from services.district.calendar import day_ends, local_day
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

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


def fold_established(docs: Overlay, event: Event) -> None:
    told = event.without("branch", "since")
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
        docs.put(
            "uses", {"id": branch["id"], "site": told["site"], "branch": branch["id"]}
        )


def fold_renamed(docs: Overlay, event: Event) -> None:
    docs.put("branches", {**_branch(docs, event), "name": event.data["name"]})


def fold_linked(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    docs.put(
        "branches", {**branch, "links": [*branch["links"], event.without("branch")]}
    )


def fold_link_ended(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    ended = {"until": event.data["until"]}
    links = [
        link | ended if link["link"] == event.data["link"] else link
        for link in branch["links"]
    ]
    docs.put("branches", {**branch, "links": links})


def fold_term(field: str, office: str) -> Fold:
    """The new term counts from its first day: what overlaps it ends the day before, or never began."""

    def fold(docs: Overlay, event: Event) -> None:
        branch = _branch(docs, event)
        term = event.without("branch")
        earlier = [
            {**old, "until": min(old["until"], _day_before(term["since"]))}
            for old in branch[field]
            if old["since"] < term["since"]
        ]
        docs.put("branches", {**branch, field: [*earlier, term][-MOST_TERMS:]})
        ends = day_ends(term["until"])
        times = {
            "until": term["until"],
            "warn_at": instant(ends - WARNED_BEFORE),
            "ends_at": instant(ends),
        }
        where = {"branch": branch["id"], "office": office, **_placed(branch)}
        docs.put(
            "terms_ahead",
            {"id": f"{branch['id']}:{office}", **where, **times, "state": "ahead"},
        )

    return fold


def fold_expiring(docs: Overlay, event: Event) -> None:
    ahead = docs.the("terms_ahead", f"{event.data['branch']}:{event.data['office']}")
    docs.put("terms_ahead", {**ahead, "state": "warned"})
    docs.put("branches", _branch(docs, event))


def fold_site_assigned(docs: Overlay, event: Event) -> None:
    branch = _branch(docs, event)
    use = event.without("branch")
    moved = {"site": use["site"], "sites": [*branch["sites"], use][-MOST_SITES:]}
    docs.put("branches", {**branch, **moved})
    docs.put("uses", {"id": branch["id"], "site": use["site"], "branch": branch["id"]})


def fold_ended(step: str) -> Fold:
    """Nobody is warned of its terms any more; what it held goes to who takes over, if anybody does."""

    def fold(docs: Overlay, event: Event) -> None:
        branch = _branch(docs, event)
        heir = event.data.get("into") or event.data.get("to")
        told = {"ended_on": event.data["on"]} | ({"successor": heir} if heir else {})
        told |= {"reason": event.data["reason"]} if "reason" in event.data else {}
        docs.put("branches", BRANCH.after({**branch, **told}, step))
        docs.put("uses", {"id": branch["id"], "site": "", "branch": branch["id"]})
        for office in ("secretary", "committee"):
            ahead = docs.get("terms_ahead", f"{branch['id']}:{office}")
            if ahead is not None:
                docs.put("terms_ahead", {**ahead, "state": "over"})
        end_reports(docs, branch["id"], "branch", event.data["on"])
        if heir:
            hand_over_homes(docs, branch["id"], heir)
            hand_over_members(docs, branch["id"], heir)
        else:
            end_reports(docs, branch["id"], "member", event.data["on"])

    return fold


def _placed(branch: Json) -> Json:
    return {place: branch[place] for place in ("community", "street", "district")}


def _branch(docs: Overlay, event: Event) -> Json:
    return docs.the("branches", event.data["branch"])


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


OWN: Folds = {
    "branch_established.v1": fold_established,
    "branch_renamed.v1": fold_renamed,
    "oversight_linked.v1": fold_linked,
    "oversight_ended.v1": fold_link_ended,
    "secretary_appointed.v1": fold_term("terms", "secretary"),
    "committee_elected.v1": fold_term("committees", "committee"),
    "term_expiring.v1": fold_expiring,
    "site_assigned.v1": fold_site_assigned,
    "branch_merged.v1": fold_ended("merge"),
    "branch_dissolved.v1": fold_ended("dissolve"),
}

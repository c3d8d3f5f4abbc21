"""What the partners service remembers: its documents, folded from its own log and from the divisions."""

from dataclasses import replace
from datetime import datetime
from itertools import product

from schemas.credit_code import is_doubtful
from schemas.documents import Json
from schemas.partners.partners import MOST_TOLD
from services.district import territory
from services.district.calendar import local_day
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.partners.folds import beside
from services.partners.model.hours import in_words
from services.partners.model.life import LIFE
from services.partners.rules.alliance import last_stay

FOR_EVER = "9999-12-31"
PLACES = ("district", "street", "community")

# Every choice of place, state and kind that a list may be asked for.
CHOICES = [
    tuple(field for field in choice if field)
    for choice in product(("", *PLACES), ("", "state"), ("", "kind"))
]  # fmt: skip
# And of one's own, every choice with a state.
ALL_CHOICES = [*CHOICES, *(("by", *choice) for choice in CHOICES if "state" in choice)]

WAITING = [
    ("state", "waits_since"),
    *((place, "state", "waits_since") for place in PLACES),
]
PARTNERS = Collection(
    "partners",
    (
        *((*choice, "id") for choice in ALL_CHOICES),
        ("by", "applied_on", "id"),
        ("credit_code", "state", "id"),
        *WAITING,
    ),
    searched=("name", "kind", "categories"),
)
SERVED = Collection(
    "served", tuple(("category", *choice, "id") for choice in ALL_CHOICES)
)  # By partner and category.
MEMBERSHIPS = Collection(
    "memberships", tuple((place, "ends") for place in PLACES)
)  # By partner and first day.
COLLECTIONS = (PARTNERS, SERVED, MEMBERSHIPS, *beside.COLLECTIONS, territory.DIVISIONS)


AWAITED = {"applied", "appealed"}
WORDS = {"name", "contact_role", "notes"}  # As released, or where they are noted.


def fold_applied(docs: Overlay, event: Event) -> None:
    new: Json = {
        "applied_on": _day(event),
        "waits_since": event.time,
        "decisions": [],
        "alliance": [],
    }
    _put(docs, LIFE.begun({**_said(event), **_placed(docs, event), **new}))


def fold_reapplied(docs: Overlay, event: Event) -> None:
    """What is left out of the second application is not kept from the first."""
    before = docs.the("partners", event.data["partner"])
    kept: Json = {
        name: before[name]
        for name in ("by", "applied_on", "decisions", "alliance")
        if name in before
    }
    again = {**_said(event), **_placed(docs, event), **kept, "waits_since": event.time}
    _put(docs, LIFE.after(again, "reapply"))


def fold_profile_updated(docs: Overlay, event: Event) -> None:
    """Hours left out are hours taken back."""
    partner = docs.the("partners", event.data["partner"])
    kept = _but(partner, {"hours", "hours_text", *WORDS})
    _put(docs, LIFE.after({**kept, **_said(event)}, "update_profile"))


def fold_decided(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        partner = docs.the("partners", event.data["partner"])
        said: Json = {
            name: event.data[name] for name in ("by", "reason") if name in event.data
        }
        told: Json = {"state": LIFE.steps[step].after, "at": event.time, **said}
        _put(
            docs,
            LIFE.after(
                {**partner, "decisions": [*partner["decisions"], told][-MOST_TOLD:]},
                step,
            ),
        )

    return fold


def fold_appealed(docs: Overlay, event: Event) -> None:
    partner = docs.the("partners", event.data["partner"])
    notes = {**partner.get("notes", {}), "appeal": event.data["note"]}
    told = {
        "appealed": True,
        "appealed_by": event.data["by"],
        "notes": notes,
        "waits_since": event.time,
    }
    _put(docs, LIFE.after({**partner, **told}, "appeal"))


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    fold_decided("uphold_appeal" if event.data["upheld"] else "dismiss_appeal")(
        docs, event
    )
    _put(
        docs, {**docs.the("partners", event.data["partner"]), "waits_since": event.time}
    )


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    fold_decided("unapprove")(docs, event)
    _put(
        docs, {**docs.the("partners", event.data["partner"]), "waits_since": event.time}
    )


def fold_approved(docs: Overlay, event: Event) -> None:
    """What the applicant wrote is released."""
    partner = docs.the("partners", event.data["partner"])
    _put(
        docs,
        {
            **_but(partner, WORDS),
            "name": event.data["name"],
            "contact_role": event.data["contact_role"],
        },
    )
    fold_decided("approve")(docs, event)


def fold_words_erased(docs: Overlay, event: Event) -> None:
    _put(
        docs,
        LIFE.after(
            _but(docs.the("partners", event.data["partner"]), WORDS), "erase_words"
        ),
    )


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    """Who withdraws leaves the alliance as well; an application takes along what was written in it."""
    _put(docs, _but(docs.the("partners", event.data["partner"]), {"notes"}))
    fold_decided("withdraw")(docs, event)
    partner = docs.the("partners", event.data["partner"])
    last = last_stay(partner)
    if last is not None and "until" not in last:
        _end_stay(docs, partner, max(last["since"], _day(event)), event.data["reason"])


def fold_joined(docs: Overlay, event: Event) -> None:
    partner = docs.the("partners", event.data["partner"])
    stay = {"since": event.data["since"]}
    _put(docs, {**partner, "alliance": [*partner["alliance"], stay][-MOST_TOLD:]})
    _put_membership(docs, partner, stay)


def fold_left(docs: Overlay, event: Event) -> None:
    _end_stay(
        docs,
        docs.the("partners", event.data["partner"]),
        event.data["until"],
        event.data["reason"],
    )


def of_the_first_version(fold: Fold) -> Fold:
    """A fold of the second version for events whose hours are a sentence, as `schemas/partners/profile.py` tells."""

    def fold_old(docs: Overlay, event: Event) -> None:
        data = {
            "hours_text" if name == "hours" else name: value
            for name, value in event.data.items()
        }
        fold(docs, replace(event, data=data))

    return fold_old


def _said(event: Event) -> Json:
    """What a partner says of itself in an application or a profile."""
    said = event.without("partner")
    return {**said, "hours_text": in_words(said["hours"])} if "hours" in said else said


def _but(partner: Json, names: set[str]) -> Json:
    return {name: value for name, value in partner.items() if name not in names}


def _placed(docs: Overlay, event: Event) -> Json:
    """What follows from an application."""
    data = event.data
    return {
        "id": data["partner"],
        **territory.placed(data["community"]),
        "code_doubtful": "credit_code" in data and is_doubtful(data["credit_code"]),
        "similar": [_similar(docs, other) for other in data.get("similar", [])],
    }


def _similar(docs: Overlay, other: Json | str) -> Json:
    """Another partner as it was then: until the third version the event said all of it."""
    if not isinstance(other, str):
        return other
    partner = docs.the("partners", other)
    return {"partner": other, "name": partner["name"], "state": partner["state"]}


def _day(event: Event) -> str:
    return local_day(datetime.fromisoformat(event.time))


def _put(docs: Overlay, partner: Json) -> None:
    """The partner, which waits for a decision no longer than it is to be had."""
    partner = partner if partner["state"] in AWAITED else _but(partner, {"waits_since"})
    _put_served(docs, partner)
    docs.put("partners", partner)


def _put_served(docs: Overlay, partner: Json) -> None:
    """The partner once for each category it serves, for lists by category; only an id where it no longer does."""
    before = docs.get("partners", partner["id"]) or partner
    for category in {*before["categories"], *partner["categories"]}:
        entry = {"id": f"{partner['id']}:{category}"}
        served = {**partner, **entry, "partner": partner["id"], "category": category}
        docs.put("served", served if category in partner["categories"] else entry)


def _end_stay(docs: Overlay, partner: Json, until: str, reason: str) -> None:
    stay = {**partner["alliance"][-1], "until": until, "reason": reason}
    _put(docs, {**partner, "alliance": [*partner["alliance"][:-1], stay]})
    _put_membership(docs, partner, stay)


def _put_membership(docs: Overlay, partner: Json, stay: Json) -> None:
    places = {place: partner[place] for place in PLACES}
    id = f"{partner['id']}:{stay['since']}"
    docs.put(
        "memberships",
        {
            **stay,
            **places,
            "id": id,
            "partner": partner["id"],
            "ends": stay.get("until", FOR_EVER),
        },
    )


FOLDS: dict[str, Folds] = {
    "partners": {
        "partner_applied.v1": of_the_first_version(fold_applied),
        "partner_applied.v2": fold_applied,
        "partner_applied.v3": fold_applied,
        "partner_reapplied.v1": of_the_first_version(fold_reapplied),
        "partner_reapplied.v2": fold_reapplied,
        "partner_reapplied.v3": fold_reapplied,
        "partner_profile_updated.v1": of_the_first_version(fold_profile_updated),
        "partner_profile_updated.v2": fold_profile_updated,
        "partner_profile_updated.v3": fold_profile_updated,
        "partner_words_erased.v1": fold_words_erased,
        "partner_approved.v1": fold_decided("approve"),
        "partner_approved.v2": fold_approved,
        "partner_rejected.v1": fold_decided("reject"),
        "partner_appealed.v1": fold_appealed,
        "partner_appeal_decided.v1": fold_appeal_decided,
        "partner_approval_withdrawn.v1": fold_approval_withdrawn,
        "partner_suspended.v1": fold_decided("suspend"),
        "partner_reinstated.v1": fold_decided("reinstate"),
        "partner_withdrawn.v1": fold_withdrawn,
        "alliance_joined.v1": fold_joined,
        "alliance_left.v1": fold_left,
    },
    "cobuild": beside.OF_COBUILD,
    "activities": beside.OF_ACTIVITIES,
    territory.SOURCE: territory.DIVISION_FOLDS,
}

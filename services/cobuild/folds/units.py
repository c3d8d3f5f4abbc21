"""Units, and which partner was suspended."""

from schemas.credit_code import is_doubtful
from schemas.documents import Json
from services.cobuild.folds.commitments import UNFINISHED, give_back
from services.cobuild.folds.meetings import give_turns, take_turns
from services.cobuild.folds.offerings import retire_all
from services.cobuild.folds.tallies import count_begun, count_open, unit_tally
from services.cobuild.model.lifecycles import UNIT
from services.district import territory
from services.district.appeals import rejected_by
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

WITHIN: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))

UNITS = Collection(
    "units",
    (
        *(
            (*by, *place, "state", "id")
            for by in (("by",), ())
            for place in reversed(WITHIN)
        ),
        ("credit_code", "state", "id"),
        *((*place, "state", "waits_since") for place in WITHIN),
    ),
    searched=("name", "industry"),
)
COLLECTIONS = (
    UNITS,
    Collection("partners"),
    Collection("partner_codes"),
    Collection("hosts"),
)


def fold_registered(docs: Overlay, event: Event) -> None:
    told = event.without("unit")
    doubtful = is_doubtful(told["credit_code"])
    place = territory.placed(told["community"])
    unit = {
        **told,
        "id": event.data["unit"],
        **place,
        "code_doubtful": doubtful,
        "halted": False,
    }
    unit["waits_since"] = event.time
    count_begun(docs, unit_tally(unit), event)
    _put(docs, UNIT.begun(unit))


def fold_decided(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        unit = docs.the("units", event.data["unit"])
        told = event.without("unit", "by") | (
            rejected_by(event) if step == "reject" else {}
        )
        _put(docs, UNIT.after({**unit, **told}, step))
        if step == "approve":
            give_turns(docs, unit)

    return fold


def fold_appealed(docs: Overlay, event: Event) -> None:
    unit = docs.the("units", event.data["unit"])
    told = {
        "appealed": True,
        "appealed_by": event.data["by"],
        "appeal_note": event.data["note"],
    }
    _put(docs, UNIT.after({**unit, **told, "waits_since": event.time}, "appeal"))


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    step = "uphold_appeal" if event.data["upheld"] else "dismiss_appeal"
    told = {"reason": event.data["reason"], "waits_since": event.time}
    _put(docs, UNIT.after({**docs.the("units", event.data["unit"]), **told}, step))


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    """As if it had just been registered; it takes no chair."""
    unit = {
        **docs.the("units", event.data["unit"]),
        "reason": event.data["reason"],
        "waits_since": event.time,
    }
    _put(docs, UNIT.after(unit, "unapprove"))
    take_turns(docs, unit)


def fold_suspended(docs: Overlay, event: Event) -> None:
    """What it has not begun goes back to others; what is under way it finishes."""
    fold_decided("suspend")(docs, event)
    give_back(docs, event, "已被暂停", ("held",))


def fold_reinstated(docs: Overlay, event: Event) -> None:
    unit = docs.the("units", event.data["unit"])
    _put(
        docs,
        UNIT.after(
            {name: value for name, value in unit.items() if name != "reason"},
            "reinstate",
        ),
    )


def fold_ended(docs: Overlay, event: Event) -> None:
    fold_decided("end")(docs, event)
    give_back(docs, event, "已终止", UNFINISHED)
    retire_all(docs, event)


def fold_updated(docs: Overlay, event: Event) -> None:
    _put(docs, {**docs.the("units", event.data["unit"]), **event.without("unit")})


def fold_halted(docs: Overlay, event: Event) -> None:
    docs.put("units", {**docs.the("units", event.data["unit"]), "halted": True})


def fold_freed(docs: Overlay, event: Event) -> None:
    docs.put("units", {**docs.the("units", event.data["unit"]), "halted": False})


def _put(docs: Overlay, unit: Json) -> None:
    before = docs.get("units", unit["id"])
    waited = before is not None and before["state"] == UNIT.initial
    count_open(docs, unit_tally(unit), was=waited, now=unit["state"] == UNIT.initial)
    docs.put("units", unit)


def fold_partner_applied(docs: Overlay, event: Event) -> None:
    code = event.data.get("credit_code", "")
    docs.put("partners", {"id": event.data["partner"], "credit_code": code})


def fold_partner_standing(*, suspended: bool) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        code = docs.the("partners", event.data["partner"])["credit_code"]
        if code:
            docs.put("partner_codes", {"id": code, "suspended": suspended})

    return fold


OWN: Folds = {
    "unit_registered.v1": fold_registered,
    "unit_approved.v1": fold_decided("approve"),
    "unit_rejected.v1": fold_decided("reject"),
    "unit_appealed.v1": fold_appealed,
    "unit_appeal_decided.v1": fold_appeal_decided,
    "unit_approval_withdrawn.v1": fold_approval_withdrawn,
    "unit_suspended.v1": fold_suspended,
    "unit_reinstated.v1": fold_reinstated,
    "unit_ended.v1": fold_ended,
    "unit_updated.v1": fold_updated,
    "unit_halted.v1": fold_halted,
    "unit_freed.v1": fold_freed,
}


def fold_hosted(docs: Overlay, event: Event) -> None:
    """Something was drafted for the host: an approval that could be taken back has been made use of."""
    docs.put("hosts", {"id": event.data["host"]})


OF_ACTIVITIES: Folds = {
    "activity_drafted.v1": fold_hosted,
    "activity_drafted.v2": fold_hosted,
}
OF_PARTNERS: Folds = {
    "partner_applied.v1": fold_partner_applied,
    "partner_applied.v2": fold_partner_applied,
    "partner_applied.v3": fold_partner_applied,
    "partner_reapplied.v1": fold_partner_applied,
    "partner_reapplied.v2": fold_partner_applied,
    "partner_reapplied.v3": fold_partner_applied,
    "partner_suspended.v1": fold_partner_standing(suspended=True),
    "partner_reinstated.v1": fold_partner_standing(suspended=False),
    "partner_withdrawn.v1": fold_partner_standing(suspended=False),
}

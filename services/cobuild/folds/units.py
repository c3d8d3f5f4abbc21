"""Units: registered, decided on, suspended and ended, halted while the partner they are is suspended."""

from functools import partial

from schemas.credit_code import is_doubtful
from schemas.documents import Json, pick, without
from services.cobuild.folds.commitments import give_back
from services.cobuild.folds.meetings import give_turns, take_turns
from services.cobuild.folds.offerings import retire_all
from services.cobuild.folds.tallies import count_begun, count_open
from services.cobuild.model.lifecycles import UNFINISHED, UNIT
from services.cobuild.model.tallies import unit_tally
from services.district import appeals, territory
from services.district.indexes import PLACES
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

UNITS = Collection(
    "units",
    (
        *(
            (*by, *place, "state", "id")
            for by in (("by",), ())
            for place in reversed(PLACES)
        ),
        ("credit_code", "state", "id"),
        *((*place, "state", "waits_since") for place in PLACES),
    ),
    searched=("name", "industry"),
)
COLLECTIONS = (UNITS,)


def fold_registered(docs: Overlay, event: Event) -> None:
    unit = event.without("unit")
    unit |= territory.placed(unit["community"])
    unit |= {
        "id": event.data["unit"],
        "code_doubtful": is_doubtful(unit["credit_code"]),
        "halted": False,
        "waits_since": event.time,
    }
    count_begun(docs, unit_tally(unit["by"]), event)
    _put(docs, UNIT.begun(unit))


def fold_approved(docs: Overlay, event: Event) -> None:
    unit = _unit(docs, event) | event.without("unit", "by")
    _put(docs, UNIT.after(unit, "approve"))
    give_turns(docs, unit)


def fold_rejected(docs: Overlay, event: Event) -> None:
    unit = _unit(docs, event) | event.without("unit", "by")
    unit |= appeals.rejected_by(event)
    _put(docs, UNIT.after(unit, "reject"))


def fold_appealed(docs: Overlay, event: Event) -> None:
    unit = _unit(docs, event) | appeals.appealed_by(event)
    unit["appeal_note"] = event.data["note"]
    _put(docs, UNIT.after(unit, "appeal"))


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    unit = _unit(docs, event) | pick(event.data, "reason")
    unit["waits_since"] = event.time
    _put(docs, UNIT.after(unit, appeals.step_of(event.data)))


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    """As if it had just been registered; it takes no chair."""
    unit = _unit(docs, event) | pick(event.data, "reason")
    unit["waits_since"] = event.time
    _put(docs, UNIT.after(unit, "unapprove"))
    take_turns(docs, unit)


def fold_suspended(docs: Overlay, event: Event) -> None:
    """What it has not begun goes back to others; what is under way it finishes."""
    unit = _unit(docs, event) | event.without("unit", "by")
    _put(docs, UNIT.after(unit, "suspend"))
    give_back(docs, event, "已被暂停", ("held",))


def fold_reinstated(docs: Overlay, event: Event) -> None:
    unit = without(_unit(docs, event), "reason")
    _put(docs, UNIT.after(unit, "reinstate"))


def fold_ended(docs: Overlay, event: Event) -> None:
    unit = _unit(docs, event) | event.without("unit", "by")
    _put(docs, UNIT.after(unit, "end"))
    give_back(docs, event, "已终止", UNFINISHED)
    retire_all(docs, event)


def fold_updated(docs: Overlay, event: Event) -> None:
    _put(docs, _unit(docs, event) | event.without("unit"))


def fold_halt(docs: Overlay, event: Event, *, halted: bool) -> None:
    docs.change("units", event.data["unit"], halted=halted)


def _unit(docs: Overlay, event: Event) -> Json:
    return docs.the("units", event.data["unit"])


def _put(docs: Overlay, unit: Json) -> None:
    """Remembers the unit, and that who registered it waits for one more or one less."""
    before = docs.get("units", unit["id"])
    waited = before is not None and before["state"] == UNIT.initial
    waits = unit["state"] == UNIT.initial
    count_open(docs, unit_tally(unit["by"]), was=waited, now=waits)
    docs.put("units", unit)


OWN: Folds = {
    "unit_registered.v1": fold_registered,
    "unit_approved.v1": fold_approved,
    "unit_rejected.v1": fold_rejected,
    "unit_appealed.v1": fold_appealed,
    "unit_appeal_decided.v1": fold_appeal_decided,
    "unit_approval_withdrawn.v1": fold_approval_withdrawn,
    "unit_suspended.v1": fold_suspended,
    "unit_reinstated.v1": fold_reinstated,
    "unit_ended.v1": fold_ended,
    "unit_updated.v1": fold_updated,
    "unit_halted.v1": partial(fold_halt, halted=True),
    "unit_freed.v1": partial(fold_halt, halted=False),
}

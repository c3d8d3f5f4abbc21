"""What the cobuild service remembers and shows."""

from schemas.credit_code import is_doubtful
from services.cobuild.reservations import booking_id, usage_id
from services.cobuild.rules import the_offering, the_unit
from services.kit import territory
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Data, Event
from services.kit.paging import page
from services.kit.views import Collection, Doc, Find, Fold, Folds, Overlay, Reads

UNIT_TEXTS = {"registered": "待审核", "approved": "已通过", "rejected": "未通过"}
OFFERING_TEXTS = {"published": "已发布", "paused": "已暂停", "retired": "已下架"}
WITHIN: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))

COLLECTIONS = (
    Collection("units", tuple((*place, *state, "id") for place in WITHIN for state in ((), ("state",)))),
    Collection("holders"),  # By credit code: the unit that holds it, "" once it was let go.
    Collection(
        "offerings",
        (
            ("unit", "state", "valid_until"),
            *((*place, *category, "state", "valid_until") for place in WITHIN for category in ((), ("category",))),
        ),
    ),
    Collection("bookings", (("activity", "state", "offering"),)),
    Collection("usage"),  # By offering and period: how many bookings count in it.
    territory.DIVISIONS,
)


def fold_unit_registered(docs: Overlay, event: Event) -> None:
    said = _said(event, "unit")
    unit = {
        **said,
        "id": event.data["unit"],
        **_placed(said["community"]),
        "code_doubtful": is_doubtful(said["credit_code"]),
    }
    _put_unit(docs, unit, "registered")


def fold_unit_decided(state: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        _put_unit(docs, {**docs.the("units", event.data["unit"]), **_said(event, "unit")}, state)

    return fold


def fold_unit_updated(docs: Overlay, event: Event) -> None:
    unit = docs.the("units", event.data["unit"])
    _put_unit(docs, {**unit, **_said(event, "unit")}, unit["state"])


def _put_unit(docs: Overlay, unit: Doc, state: str) -> None:
    """The unit in its state; its code is held unless it is rejected."""
    docs.put("units", {**unit, "state": state, "state_text": UNIT_TEXTS[state]})
    holder = "" if state == "rejected" else unit["id"]
    docs.put("holders", {"id": unit["credit_code"], "unit": holder, "name": unit["name"]})


def fold_offering_published(docs: Overlay, event: Event) -> None:
    said = _said(event, "offering")
    offering = {**said, "id": event.data["offering"], **_placed(said["community"])}
    docs.put("offerings", _offering_in(offering, "published"))


def fold_offering(state: str) -> Fold:
    """Paused, resumed or retired: the reason told last is the one shown, and none when none was told."""

    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        kept = {name: value for name, value in offering.items() if name != "reason"}
        docs.put("offerings", _offering_in({**kept, **_said(event, "offering")}, state))

    return fold


def _offering_in(offering: Doc, state: str) -> Doc:
    return {**offering, "state": state, "state_text": OFFERING_TEXTS[state]}


def fold_reserved(docs: Overlay, event: Event) -> None:
    _book(docs, event.data["activity"], event.data["offering"], event.data["period"], "held", change=1)


def fold_released(docs: Overlay, event: Event) -> None:
    for freed in event.data["offerings"]:
        _book(docs, event.data["activity"], freed["offering"], freed["period"], "released", change=-1)


def _book(docs: Overlay, activity: str, offering: str, period: str, state: str, change: int) -> None:
    booking = {"activity": activity, "offering": offering, "period": period, "state": state}
    docs.put("bookings", {"id": booking_id(activity, offering), **booking})
    usage = docs.get("usage", usage_id(offering, period)) or {"id": usage_id(offering, period), "used": 0}
    docs.put("usage", {**usage, "used": usage["used"] + change})


def _said(event: Event, subject: str) -> Doc:
    return {name: value for name, value in event.data.items() if name != subject}


def _placed(community: str) -> Doc:
    return {"street": territory.street_of(community), "district": territory.district_of(community)}


FOLDS: dict[str, Folds] = {
    "cobuild": {
        "unit_registered.v1": fold_unit_registered,
        "unit_approved.v1": fold_unit_decided("approved"),
        "unit_rejected.v1": fold_unit_decided("rejected"),
        "unit_updated.v1": fold_unit_updated,
        "offering_published.v1": fold_offering_published,
        "offering_paused.v1": fold_offering("paused"),
        "offering_resumed.v1": fold_offering("published"),
        "offering_retired.v1": fold_offering("retired"),
        "offering_reserved.v1": fold_reserved,
        "offerings_released.v1": fold_released,
    },
    territory.SOURCE: territory.DIVISION_FOLDS,
}


def get_unit(views: Reads, question: Data, asked: Asked) -> Doc:
    return the_unit(views, question["unit"])


def list_units(views: Reads, question: Data, asked: Asked) -> Data:
    where = {"state": question["state"]} if "state" in question else {}
    return page(views, question, Find("units", where | _within(question), "id"))


def get_offering(views: Reads, question: Data, asked: Asked) -> Doc:
    """Published ones for anybody, others for those with a role; to the rest they are not there."""
    offering = the_offering(views, question["offering"])
    if offering["state"] != "published" and not asked.actor.roles:
        raise Unknown(f"没有编号为 {offering['id']} 的资源", path="offering")
    return _with_unit_name(views, offering)


def list_offerings(views: Reads, question: Data, asked: Asked) -> Data:
    state = question["state"]
    if state != "published" and not asked.actor.roles:
        raise Forbidden("登录后才能查看未发布的资源", code="published_only", path="state")
    where = {"state": state, **_sought(question)}
    since = local_day(asked.now) if state == "published" else None
    found = page(views, question, Find("offerings", where, "valid_until", since=since))
    return {**found, "items": [_with_unit_name(views, offering) for offering in found["items"]]}


def _sought(question: Data) -> dict[str, str]:
    if "unit" in question:
        return {"unit": question["unit"]}
    return _within(question) | ({"category": question["category"]} if "category" in question else {})


def _within(question: Data) -> dict[str, str]:
    if "division" not in question:
        return {}
    return {territory.LEVELS[len(question["division"])]: question["division"]}


def _with_unit_name(views: Reads, offering: Doc) -> Doc:
    return {**offering, "unit_name": the_unit(views, offering["unit"])["name"]}

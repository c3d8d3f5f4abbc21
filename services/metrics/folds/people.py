"""People at sessions: who attended, for how long, and where that makes one person more."""

from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json, pick_present
from schemas.persons import principal
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds import presences, signers
from services.metrics.folds.presences import presence, signer
from services.metrics.folds.session_figures import count
from services.metrics.folds.years import count_person
from services.metrics.model import counts
from services.metrics.model.counts import Figures

COLLECTIONS = (*presences.COLLECTIONS, Collection("person_years"))


def fold_entered(docs: Overlay, event: Event) -> None:
    """Back in after leaving is the same attendance."""
    before = presence(docs, event.data["session"], event.data["person"])
    change_presence(docs, event, before, hours_of(event.data) | {"attended": True})


def fold_walked_in(docs: Overlay, event: Event) -> None:
    """Somebody who had no seat: attends, and was not expected."""
    content = event.data
    person = content["party"][0]["person"]
    signup = {"id": content["signup"], "by": principal(person)}
    unconfirmed = {"size": len(content["party"]), "confirmed": False}
    docs.put("signups", signup | unconfirmed)
    before = presence(docs, content["session"], person)
    came = {"attended": True, "walked_in": True}
    change_presence(docs, event, before, hours_of(content) | came)


def fold_hours(docs: Overlay, event: Event) -> None:
    """Gone, corrected or counted again: the hours as they stand now, and whether the attendance does."""
    content = event.data
    before = presence(docs, content["session"], content["person"])
    attended = pick_present(content, "attended")
    change_presence(docs, event, before, hours_of(content) | attended)


def fold_settled(docs: Overlay, event: Event) -> None:
    """Those who did not check out, each with what was counted for them."""
    _change_each(docs, event)


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    """Those of whom somebody said afterwards that they helped, or that they did not."""
    _change_each(docs, event)


def fold_undone(docs: Overlay, event: Event) -> None:
    """Who did not simply come after all is expected like everybody else, should they sign up."""
    content = event.data
    before = presence(docs, content["session"], content["person"])
    attended = content["attended"]
    came = {"attended": attended, "walked_in": before["walked_in"] and attended}
    change_presence(docs, event, before, hours_of(content) | came)


def hours_of(content: Json) -> Json:
    """For how long, and as what. The first entries told of no minutes, and of nobody who helped."""
    role = {"role": content.get("role", PARTICIPANT)}
    return pick_present(content, "minutes", "hours") | role


def _change_each(docs: Overlay, event: Event) -> None:
    for content in event.data["people"]:
        before = presence(docs, event.data["session"], content["person"])
        change_presence(docs, event, before, hours_of(content))


def change_presence(docs: Overlay, event: Event, before: Json, changes: Json) -> None:
    """The presence as it is now, and what that adds to its session, its person and who answers for them."""
    after = before | changes
    session = docs.the("sessions", after["session"])
    added = counts.nonzero(counts.difference(figures_of(before), figures_of(after)))
    if "person_times" in added:
        after["signer"] = signer(docs, after)
        count_person(docs, after, session, added["person_times"])
    docs.put("presences", after)
    if added:
        count(docs, event, session, added, _answered(after, added))


def _answered(after: Json, added: Figures) -> signers.Answers:
    """What the one who answers for the person answers for now; minutes are nobody's."""
    figures = [figure for figure in signers.ANSWERED if figure in added]
    more = {signers.ANSWERED[figure]: added[figure] for figure in figures}
    return {after["signer"]: more} if more else {}


def figures_of(presence: Json) -> Figures:
    """What it contributes to its session: people, and minutes of attendance or of service."""
    helps = presence["role"] == HELPER
    times = "helper_times" if helps else "participant_times"
    minutes = f"service_minutes_{presence['hours']}" if helps else "attended_minutes"
    attended = int(presence["attended"])
    turned_up = attended and int(not presence["walked_in"])
    return {
        "person_times": attended,
        times: attended,
        "turned_up": turned_up,
        minutes: presence["minutes"],
    }


OWN: Folds = {
    "checked_in.v1": fold_entered,
    "walked_in.v1": fold_walked_in,
    "checked_out.v1": fold_hours,
    "check_undone.v1": fold_undone,
    "hours_corrected.v1": fold_hours,
    "hours_recounted.v1": fold_hours,
    "hours_settled.v1": fold_settled,
    "roles_changed.v1": fold_roles_changed,
}

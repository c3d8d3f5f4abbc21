"""Persons, who looked at them, and what goes with one who is erased."""

from datetime import datetime, timedelta

from schemas.documents import without
from schemas.fields import instant
from schemas.people.persons import SEEN_FOR_S
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.people.folds.accounts import give_up_number
from services.people.folds.ending import end_all, touch_access
from services.people.model.lifecycles import (
    ACCOUNT,
    API_KEY,
    CONSENT,
    DESK_CODE,
    GRANT,
    INVITATION,
    LINK,
    PERSON,
    SENT_CODE,
    SESSION,
)

PLACES = ("district", "street", "community")
COLLECTIONS = (
    Collection("persons", tuple((place, "state", "id") for place in PLACES)),
    Collection("looks", (("person", "id"), ("person", "by", "until"))),
    Collection("access", (("changed",),)),
)
# What an erased person had, by whom it is found, and the step it takes then.
ENDS = (
    (LINK, "links", "person", "vanish"),
    (LINK, "links", "holder", "vanish"),
    (CONSENT, "consents", "person", "vanish"),
    (GRANT, "grants", "person", "vanish"),
    (INVITATION, "invitations", "person", "vanish"),
    (DESK_CODE, "desk_codes", "person", "replace"),
    (SENT_CODE, "sent_codes", "person", "vanish"),
    (SESSION, "sessions", "person", "end_all"),
    (API_KEY, "api_keys", "person", "vanish"),
)


def fold_recorded(docs: Overlay, event: Event) -> None:
    content = event.data
    person = {
        "id": content["person"],
        "community": content["community"],
        "consent": content["consent"],
        **territory.placed(content["community"]),
    }
    docs.put("persons", PERSON.begun(person))


def fold_changed(docs: Overlay, event: Event) -> None:
    """What was changed is in the note; this person's document says that something was."""
    docs.change("persons", event.data["person"], changed_at=event.time)


def fold_moved(docs: Overlay, event: Event) -> None:
    """Everybody is a resident of the place where they are recorded, so their rights move along."""
    community = event.data["community"]
    places = territory.placed(community)
    docs.change("persons", event.data["person"], community=community, **places)
    touch_access(docs, event.data["person"])


def fold_revealed(docs: Overlay, event: Event) -> None:
    until = datetime.fromisoformat(event.time) + timedelta(seconds=SEEN_FOR_S)
    look = event.data | {"id": event.id, "at": event.time, "until": instant(until)}
    docs.put("looks", look)


def fold_erased(docs: Overlay, event: Event) -> None:
    id = event.data["person"]
    person = docs.the("persons", id)
    docs.put("persons", without(PERSON.after(person, "erase"), "consent"))
    if "account" in person:
        account = docs.the("accounts", person["account"])
        docs.put("accounts", ACCOUNT.after(account, "close"))
        give_up_number(docs, account["id"])
    for life, collection, field, step in ENDS:
        end_all(docs, life, collection, {field: id}, step)
    touch_access(docs, id)


FOLDS: Folds = {
    "person_recorded.v1": fold_recorded,
    "person_changed.v1": fold_changed,
    "person_moved.v1": fold_moved,
    "person_revealed.v1": fold_revealed,
    "person_erased.v1": fold_erased,
}

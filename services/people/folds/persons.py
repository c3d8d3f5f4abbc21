"""Persons, who looked at them, and what goes with one who is erased."""

from datetime import datetime, timedelta

from schemas.documents import without
from schemas.fields import instant
from schemas.people.persons import SEEN_FOR_S
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.people.folds import retention
from services.people.folds.accounts import give_up_number
from services.people.folds.ending import end_all, touch_access
from services.people.folds.identities import give_up_identities
from services.people.model.lifecycles import (
    ACCOUNT,
    API_KEY,
    CONSENT,
    DESK_CODE,
    GRANT,
    INVITATION,
    LINK,
    MERGE,
    PERSON,
    SENT_CODE,
    SESSION,
)

PLACES = ("district", "street", "community")
COLLECTIONS = (
    Collection(
        "persons",
        (
            *((place, "state", "id") for place in PLACES),
            *((place, "state", retention.BY) for place in PLACES),
            ("state", retention.BY),
        ),
    ),
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
    (MERGE, "merges", "person", "vanish"),
    (MERGE, "merges", "into", "vanish"),
    (API_KEY, "api_keys", "person", "vanish"),
)


def fold_recorded(docs: Overlay, event: Event) -> None:
    content = event.data
    person = {
        "id": content["person"],
        "community": content["community"],
        "consent": content["consent"],
        retention.BY: retention.kept_from(content["consent"]["on"]),
        **territory.placed(content["community"]),
    }
    docs.put("persons", PERSON.begun(person))


def fold_changed(docs: Overlay, event: Event) -> None:
    """What was changed is in the note; this person's document says that something was."""
    docs.change("persons", event.data["person"], changed_at=event.time)
    retention.renew_by(docs, event, event.data["person"])


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
    """Together with those who were merged into them."""
    _erase(docs, event.data["person"], "erase")
    for id in event.data.get("merged", ()):
        _erase(docs, id, "vanish")


def _erase(docs: Overlay, id: str, step: str) -> None:
    person = docs.the("persons", id)
    docs.put("persons", without(PERSON.after(person, step), "consent"))
    if "account" in person:
        account = docs.the("accounts", person["account"])
        docs.put("accounts", ACCOUNT.after(account, "close"))
        give_up_number(docs, account["id"])
        give_up_identities(docs, account["id"])
    for life, collection, field, end in ENDS:
        end_all(docs, life, collection, {field: id}, end)
    touch_access(docs, id)


FOLDS: Folds = {
    "person_recorded.v1": fold_recorded,
    "person_changed.v1": fold_changed,
    "person_moved.v1": fold_moved,
    "person_revealed.v1": fold_revealed,
    "person_erased.v1": fold_erased,
}

"""What can be looked up of who did what with people's data: an entry for each person, or one that names none."""

from collections.abc import Callable, Iterator

from schemas.documents import Json, pick, pick_present, without
from schemas.people.audit import KINDS_IN_WORDS
from services.district import territory
from services.district.calendar import day_of
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay, Reads

EVERYWHERE = "*"  # The district of what concerns all of them.
AUDIT = Collection(
    "audit",
    (
        ("person", "look", "at"),
        ("person", "at"),
        ("by", "at"),
        ("community", "at"),
        ("street", "at"),
        ("district", "at"),
    ),
)
# How often on the last day they did somebody tried a number that was not whose they said, or another's.
GUESSES = Collection("guesses")
COLLECTIONS = (AUDIT, GUESSES)
LOOKED = ("record", "search", "number", "roster", "reveal")
# What others did by which somebody else acts for the person, or comes in as them: they see that as well.
DONE_TO_THEM = (
    *("account_opened", "let_in", "login_changed", "second_factor_off"),
    *("link_begun", "merged"),
)
SHOWN_TO_THEM = {*LOOKED, *DONE_TO_THEM}

Entry = Callable[[Overlay, Event], Json]


def fold_looks(docs: Overlay, event: Event) -> None:
    for number, look in enumerate(event.data["looks"]):
        for entry in _of_look(docs, look):
            at = {"id": f"{event.id}.{number}.{entry.get('person', '')}"}
            _put(docs, at | entry, look.get("place", ""))
        if look["kind"] == "number" and not look["persons"]:
            _count_guess(docs, event, look["by"])
    if event.data["lost"]:
        lost = {"id": event.id, "kind": "lost", "count": event.data["lost"]}
        _put(docs, lost | {"at": event.time, "district": EVERYWHERE})


def guesses_of(docs: Reads, id: str) -> Json | None:
    """The tally of whoever goes by the id, a person or a key."""
    return docs.get(GUESSES.name, id)


def _count_guess(docs: Overlay, event: Event, by: str) -> None:
    tally = one_more(guesses_of(docs, by), day_of(event.time))
    docs.put(GUESSES.name, tally | {"id": by})


def _of_look(docs: Overlay, look: Json) -> Iterator[Json]:
    """One for each of those seen of whom there is a record, or one alone."""
    seen = without(look, "persons", "place")
    known = [id for id in look.get("persons", ()) if docs.get("persons", id)]
    for person in known:
        yield seen | {"person": person}
    if not known:
        yield seen


def fold_exported(docs: Overlay, event: Event) -> None:
    entry = event.without("place") | {"kind": "export"}
    at = {"id": event.id, "at": event.time}
    _put(docs, entry | at, event.data.get("place", ""))


def about_person(kind: str, *also: str) -> Fold:
    """An entry made of an event that names the person, and who did it where it was not they."""

    def fold(docs: Overlay, event: Event) -> None:
        content = event.data
        entry = pick_present(content, *also) | {"person": content["person"]}
        by = content.get("by", content["person"])
        _put(docs, entry | _at(event, kind) | {"by": by})

    return fold


def fold_failed(docs: Overlay, event: Event) -> None:
    """With a number of nobody's too: it takes as long to refuse, and every district sees how often it is tried."""
    entry = pick_present(event.data, "way", "note")
    if "account" in event.data:
        account = docs.the("accounts", event.data["account"])
        entry |= pick(account, "person")
    else:
        entry |= {"district": EVERYWHERE}
    _put(docs, entry | _at(event, "sign_in_failed"))


def role_over(kind: str) -> Fold:
    """An entry of the role, and of who ended it and why where somebody did."""

    def fold(docs: Overlay, event: Event) -> None:
        grant = docs.the("grants", event.data["grant"])
        entry = pick_present(grant, "person", "role", "scope")
        said = pick_present(event.data, "by", "reason")
        _put(docs, entry | said | _at(event, kind))

    return fold


def note_role_ended(docs: Overlay, event: Event, grant: Json) -> None:
    """Of an event that names the office and not who had it: there may have been several."""
    entry = pick_present(grant, "person", "role", "scope") | _at(event, "role_ended")
    _put(docs, entry | {"id": f"{event.id}.{grant['id']}"})


def fold_link_ended(docs: Overlay, event: Event) -> None:
    link = docs.the("links", event.data["link"])
    by = pick_present(event.data, "by")
    _put(docs, pick(link, "person") | by | _at(event, "link_ended"))


def _at(event: Event, kind: str) -> Json:
    return {"id": event.id, "kind": kind, "at": event.time}


def _put(docs: Overlay, entry: Json, place: str = "") -> None:
    """Where the person is recorded, else where who looked works."""
    person = docs.get("persons", entry.get("person", ""))
    community = person["community"] if person else place
    worded = {"kind_text": KINDS_IN_WORDS[entry["kind"]]}
    look = {"look": 1} if entry["kind"] in SHOWN_TO_THEM else {}
    docs.put("audit", territory.lies_in(community) | entry | worded | look)


FOLDS: Folds = {
    "looks_recorded.v1": fold_looks,
    "list_exported.v1": fold_exported,
    "person_revealed.v1": about_person("reveal", "reason"),
    "person_erased.v1": about_person("person_erased"),
    "session_begun.v1": about_person("sign_in", "way"),
    "signed_out_everywhere.v1": about_person("sign_out_everywhere"),
    "password_set.v1": about_person("password_set"),
    "sign_in_failed.v1": fold_failed,
    "role_granted.v1": about_person("role_granted", "role", "scope"),
    "office_followed.v1": about_person("role_granted", "role", "scope"),
    "roster_followed.v1": about_person("role_granted", "role", "scope"),
    "role_revoked.v1": role_over("role_revoked"),
    "role_expired.v1": role_over("role_ended"),
    "roster_left.v1": role_over("role_ended"),
    "account_opened.v1": about_person("account_opened"),
    "desk_code_given.v1": about_person("let_in"),
    "person_invited.v1": about_person("let_in"),
    "login_changed.v1": about_person("login_changed"),
    "second_factor_taken_off.v1": about_person("second_factor_off", "reason"),
    "link_begun.v1": about_person("link_begun"),
    "link_ended.v1": fold_link_ended,
    "persons_merged.v1": about_person("merged"),
    "account_suspended.v1": about_person("account_suspended", "reason"),
    "account_reinstated.v1": about_person("account_reinstated"),
}

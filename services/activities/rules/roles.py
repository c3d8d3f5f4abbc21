"""Afterwards, who of those who came served and who took part: their time is service, or it is not."""

from collections.abc import Iterator

from schemas.activities.roles import ROLE_TEXTS
from schemas.documents import Json
from schemas.persons import called
from services.activities.model.lifecycles import ACTIVITY
from services.activities.rules.authority import must_be_anothers
from services.activities.rules.corrections import must_decide
from services.activities.rules.door import seated
from services.activities.rules.lookups import activity_seen, session_of
from services.activities.rules.minutes import figures
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads


def change_roles(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Of people who came, all or none: raises for the first of whom it cannot be said."""
    activity = activity_seen(docs, command, asked)
    must_decide(docs, activity, asked)
    session = session_of(docs, activity, command)
    role = command["role"]
    seats = list(_seats(docs, activity, session, command, asked))
    changed = [_changed(docs, seat, role) for seat in seats]
    content = {
        "session": session["id"],
        "people": changed,
        "to": role,
        "reason": command["reason"],
        "by": asked.actor.id,
    }
    return ACTIVITY.fact("roles_changed.v1", activity["id"], content)


def _seats(
    docs: Reads, activity: Json, session: Json, command: Json, asked: Asked
) -> Iterator[Json]:
    """Of the people the command names, each once. Raises for who has none to be changed."""
    people = dict.fromkeys(command["people"])
    for place, person in enumerate(people):
        path = f"people/{place}"
        must_be_anothers(person, asked, path=path)
        seat = seated(docs, activity, session, person)
        _must_have_come_otherwise(seat, command["role"], path)
        yield seat


def _must_have_come_otherwise(seat: Json, role: str, path: str) -> None:
    """Raises `Refused` unless they came, and as something else than that."""
    person = called(seat["person"])
    if not seat["attended"]:
        raise Refused("not_attended", f"{person} 没有到场，不能认定", path=path)
    if seat["role"] == role:
        says = f"{person} 本场已经是{ROLE_TEXTS[role]}"
        raise Refused("nothing_changes", says, path=path)


def _changed(docs: Reads, seat: Json, role: str) -> Json:
    """The person, with what is counted for them in that role."""
    return {"person": seat["person"]} | figures(docs, seat | {"role": role})

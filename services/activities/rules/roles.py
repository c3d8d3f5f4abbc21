"""Afterwards, who of those who came served and who took part: their time is service, or it is not."""

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
    activity = activity_seen(docs, command, asked)
    must_decide(docs, activity, asked)
    session, role = session_of(docs, activity, command), command["role"]
    people = list(dict.fromkeys(command["people"]))
    seats = []
    for place, person in enumerate(people):
        must_be_anothers(person, asked, path=f"people/{place}")
        seat = seated(docs, activity, session, person)
        _must_have_come_otherwise(seat, role, f"people/{place}")
        seats.append(seat)
    changed = [_changed(docs, seat, role) for seat in seats]
    content = {
        "session": session["id"],
        "people": changed,
        "to": role,
    }
    content |= {
        "reason": command["reason"],
        "by": asked.actor.id,
    }
    return ACTIVITY.fact("roles_changed.v1", activity["id"], content)


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

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
    session = session_of(docs, activity, command)
    people = list(dict.fromkeys(command["people"]))
    seats = [_one(docs, activity, session, person, f"people/{at}", command["role"], asked)
             for at, person in enumerate(people)]  # fmt: skip
    changed = [
        {"person": seat["person"], **figures(docs, {**seat, "role": command["role"]})}
        for seat in seats
    ]
    told = {
        "session": session["id"],
        "people": changed,
        "to": command["role"],
        "reason": command["reason"],
    }
    return ACTIVITY.fact(
        "roles_changed.v1", activity["id"], {**told, "by": asked.actor.id}
    )


def _one(
    docs: Reads,
    activity: Json,
    session: Json,
    person: str,
    path: str,
    role: str,
    asked: Asked,
) -> Json:
    """The seat of somebody who came, as something else than that."""
    must_be_anothers(person, asked, path=path)
    seat = seated(docs, activity, session, person)
    if not seat["attended"]:
        raise Refused("not_attended", f"{called(person)} 没有到场，不能认定", path=path)
    if seat["role"] == role:
        raise Refused(
            "nothing_changes",
            f"{called(person)} 本场已经是{ROLE_TEXTS[role]}",
            path=path,
        )
    return seat

"""Commendations: recorded by who may certify somebody's hours, of people who have served there. Nothing counts them."""

from schemas.activities.certificates import EARLIEST
from schemas.documents import Json
from services.activities.model.lifecycles import COMMENDATION
from services.activities.rules.authority import must_be_anothers
from services.activities.rules.certificates import (
    find_served,
    is_shown_to,
    must_certify,
)
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

COMMENDATIONS = kind_of(COMMENDATION, "commendations")


def commend(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` when the person has no service there, `Invalid` for a day that is not yet."""
    person = command["person"]
    issuer = command["issuer"]
    must_certify(docs, issuer, asked)
    must_be_anothers(person, asked, path="person")
    if not EARLIEST <= command["on"] <= local_day(asked.now):
        says = f"表彰日期应从 {day_in_words(EARLIEST)} 到今天"
        raise Invalid(says, code="day_out_of_range", path="on")
    if not docs.find(find_served(person, issuer)):
        raise Refused("no_service", f"{person} 在这里没有服务记录", path="person")
    content = command | {"by": asked.actor.id}
    return COMMENDATION.fact("person_commended.v1", asked.new_id, content)


def withdraw_commendation(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By whoever might give one there today, not only who gave it."""
    commendation = commendation_seen(docs, command, asked)
    must_certify(docs, commendation["issuer"], asked)
    COMMENDATION.must_allow(commendation, "withdraw", f"表彰“{commendation['title']}”")
    content = command | {"by": asked.actor.id}
    id = commendation["id"]
    return COMMENDATION.fact("commendation_withdrawn.v1", id, content)


def commendation_seen(docs: Reads, command: Json, asked: Asked) -> Json:
    """The commendation, for whom it honours and who gave it; to others it is as if it were not there."""
    return COMMENDATIONS.found(docs, command["commendation"], asked, sees=is_shown_to)

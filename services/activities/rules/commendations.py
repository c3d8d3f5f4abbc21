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
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads

COMMENDATIONS = kind_of(COMMENDATION, "commendations")


def commend(docs: Reads, command: Json, asked: Asked) -> Fact:
    must_certify(docs, command["issuer"], asked)
    must_be_anothers(command["person"], asked, path="person")
    if not EARLIEST <= command["on"] <= local_day(asked.now):
        raise Invalid(
            f"表彰日期应从 {EARLIEST} 到今天", code="day_out_of_range", path="on"
        )
    if not docs.find(find_served(command["person"], command["issuer"])):
        raise Refused(
            "no_service", f"{command['person']} 在这里没有服务记录", path="person"
        )
    data = {**command, "commendation": asked.new_id, "by": asked.actor.id}
    return Fact("person_commended.v1", f"commendation/{asked.new_id}", data)


def withdraw_commendation(docs: Reads, command: Json, asked: Asked) -> Fact:
    commendation = the_commendation(docs, command["commendation"], asked)
    must_certify(docs, commendation["issuer"], asked)
    COMMENDATION.must_allow(commendation, "withdraw", f"表彰“{commendation['title']}”")
    data = {**command, "by": asked.actor.id}
    return Fact("commendation_withdrawn.v1", f"commendation/{commendation['id']}", data)


def the_commendation(docs: Reads, id: str, asked: Asked) -> Json:
    """The commendation, for whom it honours and who gave it; to others it is as if it were not there."""
    return COMMENDATIONS.found(docs, id, asked, sees=is_shown_to)

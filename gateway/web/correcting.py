"""A visit that was noted wrongly is put right: the form begins from what was said, and loses none of it."""

from typing import Any

import marshmallow as ma

from gateway.web.doorstep import DAY, SERVICE, answered
from gateway.web.page import Form, Visit
from schemas.documents import Json
from schemas.grids.outcomes import OUTCOMES_IN_WORDS
from schemas.grids.rounds import OfRound
from schemas.grids.visits import CorrectVisit, OfVisit


class AsCorrected(CorrectVisit):
    """As a form sends it, with every item: one left blank was not answered, and none was where nobody was met."""

    @ma.pre_load
    def as_it_was(self, said: Json, **kwargs: Any) -> Json:
        is_met = said.get("outcome") == "met"
        return said | {"answers": answered(said) if is_met else []}


def of_a_visit(visit: Visit) -> Json:
    shown = visit.ask(SERVICE, "get_visit", OfVisit, visit=visit.path["visit"])
    known: Json = {"shown": shown, "outcomes": OUTCOMES_IN_WORDS, "round": None}
    if "round" in shown:
        round = visit.ask(SERVICE, "get_round", OfRound, round=shown["round"])
        known |= {"round": round, "known": _as_filled_in(round, shown)}
    return known


def _as_filled_in(round: Json, shown: Json) -> Json:
    """The answers by the fields of the form."""
    given = {answer["item"]: answer["value"] for answer in shown["answers"]}
    return {
        f"answers/{number}/value": given.get(item["item"], "")
        for number, item in enumerate(round["items"])
    }


PAGES = (
    Form(
        "/desk/visits/<visit>/correct",
        "doorstep_correct.html",
        SERVICE,
        "correct_visit",
        AsCorrected,
        f"{DAY}/doors/{{door}}",
        more=of_a_visit,
    ),
)

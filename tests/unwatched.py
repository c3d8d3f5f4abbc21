"""A gateway that tells nobody who looked at what: for tests in which nothing may be recorded but what is asked for."""

from gateway.edge.looks import Looks
from schemas.documents import Json
from services.kit.actor import Actor


class Unwatched(Looks):
    def note(
        self, service: str, question: str, asked: Json, answer: Json, actor: Actor
    ) -> None:
        pass

    def must_record_guess(self, actor: Actor) -> None:
        pass

    def must_record_export(self, list: str, about: str, actor: Actor) -> None:
        pass

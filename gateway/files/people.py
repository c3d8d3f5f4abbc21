"""People in a table that is uploaded are looked up for whoever uploads it."""

from gateway.edge.asker import Asker
from schemas.documents import Json
from services.kit.persons.in_tables import Find

PEOPLE = "people"


def found_for(asker: Asker) -> Find:
    """That the asker looked is on record."""

    def find(question: Json) -> list[Json]:
        with asker.services.place(PEOPLE):
            found: list[Json] = asker.ask(PEOPLE, "find_by_number", question)["items"]
        return found

    return find

"""What ends with something else, all of it at once."""

from services.kit.lifecycle import LifeCycle
from services.kit.lists.paging import every
from services.kit.views import Find, Overlay
from services.people.model.lifecycles import DESK_CODE, INVITATION, SENT_CODE

BATCH = 100
Where = dict[str, str | int]


def end_all(
    docs: Overlay,
    life: LifeCycle,
    collection: str,
    where: Where,
    step: str,
) -> None:
    """Takes the step with every document found that may take it."""
    for state in life.steps[step].before:
        find = Find(collection, where | {"state": state}, "id", limit=BATCH)
        for doc in list(every(docs, find)):
            docs.put(collection, life.after(doc, step))


def end_ways_in(docs: Overlay, person: str) -> None:
    """What was given by who could let in somebody of lesser rank is good no more."""
    whose: Where = {"person": person}
    end_all(docs, INVITATION, "invitations", whose, "vanish")
    end_all(docs, DESK_CODE, "desk_codes", whose, "replace")
    end_sent_codes(docs, person)


def end_sent_codes(docs: Overlay, person: str) -> None:
    """Whoever had the telephone may have them."""
    end_all(docs, SENT_CODE, "sent_codes", {"person": person}, "vanish")


def touch_access(docs: Overlay, person: str) -> None:
    """Remembers where in the log it last changed what somebody may do."""
    docs.put("access", {"id": person, "changed": docs.seq})

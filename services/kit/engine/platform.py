"""What the platform asks of a ledger by itself: because of an event, of the time, or of an operator's ruling."""

from schemas.documents import Json
from schemas.fields import instant
from services.kit.actor import SYSTEM, Actor
from services.kit.engine.keys import of_platform
from services.kit.engine.requests import Request
from services.kit.entrypoints import Asked, Due, Reaction
from services.kit.log import Event, Fact
from services.kit.telemetry import new_trace
from services.kit.views import Overlay


class StaysDue(Exception):
    """A defect: what is due must record something that moves it on, or it is looked at every second for ever."""


def reaction(mark: Reaction, event: Event) -> Request:
    """Happens once for the event."""

    def rule(docs: Overlay, asked: Asked) -> Fact | None:
        """None where the service has nothing to record of the event."""
        return mark.rule(docs, event, asked)

    key = of_platform("event", event.id)
    about = {"event": event.id}
    return Request(mark.name, rule, SYSTEM, key, about, event.trace, formerly=event.id)


def when_due(mark: Due, doc: Json) -> Request:
    """Happens once for the document's moment. Does nothing when it is no longer due."""
    id = doc["id"]
    what = f"{mark.name}:{id}:{doc[mark.by]}"

    def rule(docs: Overlay, asked: Asked) -> Fact | None:
        """Looks at the document anew, in the turn. Raises `StaysDue` where nothing is recorded."""
        now = docs.get(mark.collection, id)
        if now is None or not mark.ripe(instant(asked.now)).matches(now):
            return None
        fact = mark.rule(docs, now, asked)
        if fact is None:
            since = f"{id}, due since {now[mark.by]}"
            raise StaysDue(f"{mark.name} records nothing of {since}: it stays due")
        return fact

    key = of_platform("due", what)
    about = {"due": what}
    return Request(mark.name, rule, SYSTEM, key, about, new_trace(), formerly=what)


def setting_aside(source: str, sequence: int, reason: str, actor: Actor) -> Request:
    """Records once that an event of a followed log is not to be applied."""
    data = {"source": source, "sequence": sequence, "reason": reason}

    def rule(docs: Overlay, asked: Asked) -> Fact:
        """The same fact each time: by its key it is recorded once."""
        return Fact("event_set_aside.v1", f"follower/{source}", data)

    what = f"{source}:{sequence}"
    key = of_platform("set_aside", what)
    before = f"set_aside:{what}"
    return Request("set_aside", rule, actor, key, data, new_trace(), formerly=before)

"""A service of letters: what they say are notes, and what came in time is due again at once."""

from typing import Any

from schemas import fields
from schemas.documents import Json
from schemas.events import event
from services.kit.actor import SYSTEM, Actor, Role
from services.kit.clock import Deadline
from services.kit.engine.host import Host
from services.kit.engine.keys import plain_digest
from services.kit.entrypoints import Asked, command, due
from services.kit.log import Event, Fact
from services.kit.service import Service
from services.kit.views import Collection, Folds, Overlay, Reads
from tests.clocks import HUNG_S

LONG_AGO = "2026-01-01T00:00:00.000Z"


class Say(fields.Schema):
    """`born` is looked at and never kept; `words` become notes."""

    letter = fields.Id(required=True)
    words = fields.Many(fields.Text(50), 0, 3, load_default=list)
    born = fields.Day(metadata={"personal": True})


class Told(fields.Schema):
    letter = fields.Id(required=True)
    notes = fields.Many(fields.Id(), 0, 3, load_default=list)


@event("letter_told.v1")
class LetterTold(Told):
    pass


@event("letter_sent.v1")
class LetterSent(fields.Schema):
    letter = fields.Id(required=True)


def fold_told(docs: Overlay, event: Event) -> None:
    before = docs.get("letters", event.data["letter"]) or {"told": 0}
    letter = {
        "id": event.data["letter"],
        "told": before["told"] + 1,
        "state": "told",
        "at": LONG_AGO,
    }
    docs.put("letters", letter)


def fold_sent(docs: Overlay, event: Event) -> None:
    docs.put("letters", {**docs.the("letters", event.data["letter"]), "state": "sent"})


FOLDS: dict[str, Folds] = {
    "letters": {"letter_told.v1": fold_told, "letter_sent.v1": fold_sent}
}


def says(docs: Reads, command: Json, asked: Asked) -> Fact:
    notes = {f"{asked.new_id}.{at}": words for at, words in enumerate(command["words"])}
    data = {"letter": command["letter"], "notes": list(notes)}
    return Fact("letter_told.v1", f"letter/{command['letter']}", data, notes)


def forgets(docs: Reads, command: Json, asked: Asked) -> Fact:
    told = {"letter": command["letter"]}
    return Fact(
        "letter_told.v1",
        f"letter/{command['letter']}",
        told,
        erases=tuple(command["notes"]),
    )


def sends(docs: Reads, letter: Json, asked: Asked) -> Fact:
    return Fact("letter_sent.v1", f"letter/{letter['id']}", {"letter": letter["id"]})


class Letters(Service):
    """Keeps what is said as notes, and sends each letter when its time has come, which is at once."""

    name = "letters"
    collections = (Collection("letters", (("state", "at"),)),)
    folds = FOLDS

    say = command(Say, says, by=["resident"], shows=("letters", "letter"))
    forget = command(Told, forgets, by=["resident"], shows=("letters", "letter"))
    send = due("letters", {"state": "told"}, sends, by="at")


def resident(id: str = "R1") -> Actor:
    return Actor(id, (Role("resident", "*"),))


def say(host: Host, key: str, actor: Actor | None = None, **said: Any) -> Json:
    payload = Say().load({"letter": "A", **said})
    answer: Json = host.ask(
        "say",
        payload,
        actor=actor or resident(),
        key=key,
        deadline=Deadline.after(HUNG_S),
    )
    return answer


def written(host: Host) -> list[Event]:
    return host.store.log.read(0, 1000)


def recorded(host: Host, event: Event) -> None:
    """As a version before recorded it, without an answer beside it."""
    assert host.store.log.append([event]) == 1
    host.ledger.refresh()


def formerly(
    key: str, name: str, asked: Any, actor: Actor = SYSTEM, **more: Any
) -> Event:
    old = {
        "seq": 1,
        "version": 1,
        "type": "letter_told.v1",
        "data": {"letter": "A"},
        **more,
    }
    return Event(
        id=f"E{old['seq']}", stream="letter/A", time=LONG_AGO, trace="", key=key,
        digest=plain_digest(name, asked), actor=actor.id, **old,
    )  # fmt: skip

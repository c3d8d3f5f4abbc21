"""A toy service and one that follows it: the least that exercises the whole kit."""

from schemas import fields
from schemas.documents import Json
from schemas.events import event
from services.kit.entrypoints import Asked, command, follows, query
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.service import Service
from services.kit.views import Collection, Find, Folds, Overlay, Reads

SUMS = Collection("sums", (("kind", "sum"),))
LIMIT = 1_000_000


class Add(fields.Schema):
    to = fields.Id(required=True)
    amount = fields.Whole(1, LIMIT, required=True)


@event("amount_added.v1")
class AmountAdded(Add):
    pass


@event("amount_echoed.v1")
class AmountEchoed(Add):
    pass


def fold_amount(docs: Overlay, event: Event) -> None:
    before = docs.get("sums", event.data["to"]) or {
        "id": event.data["to"],
        "kind": "sum",
        "sum": 0,
    }
    docs.put("sums", {**before, "sum": before["sum"] + event.data["amount"]})


def top(views: Reads) -> list[Json]:
    return views.find(Find("sums", {"kind": "sum"}, "sum", newest_first=True))


ADDER: dict[str, Folds] = {"adder": {"amount_added.v1": fold_amount}}
ECHO: dict[str, Folds] = {**ADDER, "echo": {}}


def add(docs: Reads, command: Json, asked: Asked) -> Fact:
    if command["amount"] == 13:
        raise Refused("unlucky", "13 不吉利", path="amount")
    if command["amount"] == 666:
        raise ZeroDivisionError("a defect of the rule")
    return Fact("amount_added.v1", f"sum/{command['to']}", command)


def ask_top(views: Reads, question: Json, asked: Asked) -> list[Json]:
    return top(views)


def overflow(views: Reads, question: Json, asked: Asked) -> int:
    return 2**70


def repeat(views: Reads, question: Json, asked: Asked) -> Json:
    return question


class Adder(Service):
    """Adds; refuses 13; breaks on 666."""

    name = "adder"
    collections = (SUMS,)
    folds = ADDER

    add = command(Add, add, by=["operator", "resident"], shows=("sums", "to"))
    top = query(Add, ask_top)
    overflow = query(Add, overflow)
    repeat = query(Add, repeat)


def echo_amount(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    if event.data["amount"] == 777:
        raise ZeroDivisionError("poison")
    return Fact("amount_echoed.v1", f"sum/{event.data['to']}", event.data)


def sum_up(docs: Reads, command: Json, asked: Asked) -> Fact:
    return Fact(
        "amount_echoed.v1",
        f"sum/{command['to']}",
        {**command, "amount": docs.the("sums", command["to"])["sum"]},
    )


class Echo(Service):
    """Follows the adder twice over: folds what it added, and echoes it in its own log."""

    name = "echo"
    collections = (SUMS,)
    folds = ECHO

    echo = follows("adder", "amount_added.v1", echo_amount)
    sum_up = command(
        Add, sum_up, by=["operator"], shows=("sums", "to"), rests_on=("adder",)
    )
    top = query(Add, ask_top)

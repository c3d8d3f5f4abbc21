"""A toy service and one that follows it: the least that exercises the whole kit."""

from schemas import fields
from schemas.documents import Json
from schemas.events import event
from services.kit.entrypoints import Asked, Service, command, follows, query
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.views import Collection, Find, Folds, Overlay, Views

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
    before = docs.get("sums", event.data["to"]) or {"id": event.data["to"], "kind": "sum", "sum": 0}
    docs.put("sums", {**before, "sum": before["sum"] + event.data["amount"]})


def top(views: Views) -> list[Json]:
    return views.find(Find("sums", {"kind": "sum"}, "sum", newest_first=True))


ADDER: dict[str, Folds] = {"adder": {"amount_added.v1": fold_amount}}
ECHO: dict[str, Folds] = {**ADDER, "echo": {}}


class Adder(Service):
    """Adds; refuses 13; breaks on 666."""

    name = "adder"
    collections = (SUMS,)
    folds = ADDER

    @command(Add, by=["operator", "resident"], shows=("sums", "to"))
    def add(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        if command["amount"] == 13:
            raise Refused("unlucky", "13 不吉利", path="amount")
        if command["amount"] == 666:
            raise ZeroDivisionError("a defect of the rule")
        return Fact("amount_added.v1", f"sum/{command['to']}", command)

    @query(Add)
    def top(self, views: Views, question: Json, asked: Asked) -> list[Json]:
        return top(views)

    @query(Add)
    def overflow(self, views: Views, question: Json, asked: Asked) -> int:
        return 2**70

    @query(Add)
    def repeat(self, views: Views, question: Json, asked: Asked) -> Json:
        return question


class Echo(Service):
    """Follows the adder twice over: folds what it added, and echoes it in its own log."""

    name = "echo"
    collections = (SUMS,)
    folds = ECHO

    @follows("adder", "amount_added.v1")
    def echo(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        if event.data["amount"] == 777:
            raise ZeroDivisionError("poison")
        return Fact("amount_echoed.v1", f"sum/{event.data['to']}", event.data)

    @command(Add, by=["operator"], shows=("sums", "to"), rests_on=("adder",))
    def sum_up(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return Fact(
            "amount_echoed.v1", f"sum/{command['to']}", {**command, "amount": docs.the("sums", command["to"])["sum"]}
        )

    @query(Add)
    def top(self, views: Views, question: Json, asked: Asked) -> list[Json]:
        return top(views)

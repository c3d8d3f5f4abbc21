"""Two records of one person, and each step of merging them."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Find
from services.people.rules import merges
from tests.examples import people as examples
from tests.given import example_of
from tests.unit.people.stage import World, recorded

ALICE, TWIN = examples.PERSON, examples.TWIN
ELSEWHERE = "510108016001"
COMMANDS = examples.COMMANDS
BY_ANOTHER = example_of(examples, "account_opened.v1", by="P77")


def begun(
    person: str = ALICE, way: str = "password", account: str = examples.ACCOUNT
) -> Fact:
    about = {"person": person, "way": way, "session": f"S-{person}-{way}"}
    return example_of(examples, "session_begun.v1", account=account, **about)


def proposed(*facts: Fact) -> World:
    world = recorded(*facts)
    world.happens(merges.propose(world.docs, COMMANDS["propose_merge"], world.worker))
    return world


def other_administrator(world: World) -> Asked:
    return world.who(("street_admin", "510108015"), id="P9")


def the_merge(world: World) -> Json:
    return world.docs.find(Find("merges", {"person": TWIN}, "id"))[0]


def confirm(world: World, who: Asked) -> Fact:
    payload = {"merge": the_merge(world)["id"]}
    return world.happens(merges.confirm(world.docs, payload, who))


def undo(world: World, who: Asked | None = None) -> Fact:
    payload = {"merge": the_merge(world)["id"], "reason": "不是同一个人"}
    return world.happens(merges.undo(world.docs, payload, who or world.worker))


def worker_of(world: World, place: str) -> Asked:
    return world.who(("community_worker", place), id="P77")

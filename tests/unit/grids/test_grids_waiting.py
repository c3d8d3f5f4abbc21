"""What of the doorstep waits for whom: a mediation for who began it, a finding that came back for the community."""

from schemas.documents import Json, without
from services.district.waiting import page
from services.grids.folds.findings import OF_A_TEAM
from services.grids.waiting import TASKS
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import example_of
from tests.unit.grids.stage import FOLLOWUP, OTHER_WORKER, WORKER, member, stage, take

OPENED = example_of(examples, "mediation_opened.v1")
ENDED = example_of(examples, "mediation_ended.v1")
FOUND = without(FOLLOWUP.data, *OF_A_TEAM) | {"route": "need"}
CAME_BACK = (
    Fact(FOLLOWUP.type, FOLLOWUP.stream, FOUND),
    example_of(examples, "finding_referred.v1"),
    example_of(examples, "finding_returned.v1"),
)


def waits(docs: Overlay, who: Asked) -> list[Json]:
    found = page(docs, TASKS, {"after": None, "limit": 10}, who)
    return list(found["items"])


def kinds(docs: Overlay, who: Asked) -> list[str]:
    return [one["kind"] for one in waits(docs, who)]


def test_a_mediation_waits_for_who_began_it_until_it_is_ended() -> None:
    docs = stage(OPENED)
    (one,) = waits(docs, member())
    assert (one["kind"], one["title"]) == ("mediation_to_end", "噪音")
    assert kinds(docs, member(id="P4")) == kinds(docs, WORKER) == []
    assert kinds(take(docs, ENDED), member()) == []


def test_who_is_relieved_has_none_left() -> None:
    relieved = example_of(examples, "member_relieved.v1")
    assert kinds(stage(OPENED, relieved), member()) == []


def test_what_came_back_waits_for_the_community() -> None:
    docs = stage(*CAME_BACK)
    assert kinds(docs, WORKER) == ["finding_to_route"]
    assert kinds(docs, member()) == kinds(docs, OTHER_WORKER) == []

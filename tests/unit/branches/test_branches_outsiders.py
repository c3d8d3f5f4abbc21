"""Who asks is looked at before the branch: outsiders hear one answer, whatever its state."""

import pytest

from services.branches.model.lifecycles import BRANCH
from services.branches.rules import endings
from services.branches.service import Branches
from services.kit.entrypoints import Asked
from tests.examples import branches as examples
from tests.given import asked, example_of
from tests.outsiders import must_tell_nothing, naming
from tests.unit.branches.stage import AFTERWARDS, on, stage
from tests.walk import Walk

WALK = Walk(
    Branches,
    BRANCH,
    "branches",
    "B1",
    lambda: stage(
        example_of(examples, "oversight_linked.v1"),
        example_of(examples, "member_reported_in.v2"),
    ),
    {
        "merge": on(endings.merge_branch, "merge_branch", AFTERWARDS),
        "dissolve": on(endings.dissolve_branch, "dissolve_branch", AFTERWARDS),
    },
)
OUTSIDERS: dict[str, Asked] = {
    "anonymous": asked(id="anonymous"),
    "a stranger": asked(("resident", "*"), id="P9"),
    "the street next door": asked(("street_admin", "510108016"), id="P5"),
    "another district": asked(("district_admin", "510107"), id="P5"),
    "another branch's secretary": asked(("branch_secretary", "branch/B2"), id="P10"),
    "the secretary without the role": asked(("branch_secretary", "branch/B2"), id="P7"),
    "with the role, never appointed": asked(
        ("branch_secretary", "branch/B1"), id="P11"
    ),
    "the community's worker": asked(("community_worker", "510108015001"), id="P6"),
}
QUESTIONS = {
    "list_reports_of_branch": {
        "branch": "B1",
        "kind": "member",
        "after": None,
        "limit": 20,
    }
}
NAMES = [name for name in naming(Branches, "branch", QUESTIONS) if name != "get_branch"]


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("name", NAMES)
def test_an_outsider_hears_one_answer_whatever_the_state(name: str, who: str) -> None:
    payload = {**examples.COMMANDS, **QUESTIONS}[name]
    must_tell_nothing(WALK, name, payload, OUTSIDERS[who], "get_branch")

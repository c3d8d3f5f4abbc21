"""What has happened to a branch when somebody asks, and whoever does."""

from schemas.documents import Json
from services.branches import views
from services.branches.service import Branches
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import DIVISIONS, asked, example_of, given

STREET = asked(("street_admin", "510108015"), id="A5")
COMMANDS = examples.COMMANDS
COMMITTEE = example_of(examples, "committee_established.v1")
SITE = example_of(examples, "site_recorded.v1")
BRANCH = example_of(examples, "branch_established.v1")
ESTABLISHED = (COMMITTEE, SITE, BRANCH)


def after(*facts: Fact) -> Overlay:
    return given(Branches, *DIVISIONS, *facts)


def shown(docs: Overlay, on: str = "2026-06-01") -> Json:
    return views.branches.get_branch(docs, {"branch": "B1", "on": on}, STREET)

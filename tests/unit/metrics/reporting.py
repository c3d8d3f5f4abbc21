"""A month of which reports are frozen."""

from datetime import UTC, datetime

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from services.metrics.service import Metrics
from services.metrics.views import reports
from tests.examples import activities
from tests.examples import metrics as examples
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import DIVISIONS, asked, division, example_of, given_from, marked
from tests.unit.activities.stage import CLOSED, PUBLISHED

DISTRICT, STREET, COMMUNITY = "510108", "510108002", "510108002001"
JULY = datetime(2026, 7, 2, 1, tzinfo=UTC)
ADMIN = asked(("district_admin", DISTRICT), id="P9", now=JULY)
ANALYST = asked(("district_analyst", DISTRICT), id="P2", now=JULY)
INSIDER = asked(
    ("community_worker", DISTRICT), id="P3", now=JULY
)  # Who works in all communities sees the few as well.
NAMED = "“甲区”"
MONTH = examples.MONTH
OTHERS = (
    division(STREET, "南街", "street", DISTRICT),
    division(COMMUNITY, "望平社区", "community", STREET),
)
FREEZE, RESTATE = (
    marked(Metrics, name) for name in ("freeze_report", "restate_report")
)


def came(person: str) -> Fact:
    return example_of(
        activities, "checked_in.v1", person=person, activity=ACTIVITY, session=SESSION
    )


class Heard(Nothing):
    """What is under documents that reflect all that was told so far."""

    docs: Overlay

    def cursor(self, source: str) -> int:
        return self.docs.seq


def nothing_yet() -> Overlay:
    under = Heard()
    under.docs = Overlay(under)
    return given_from(under.docs, Metrics, "branches", *DIVISIONS, *OTHERS)


def stage(*more: Fact) -> Overlay:
    """One came in June to a session that has been closed."""
    return later(nothing_yet(), PUBLISHED, came("R1"), CLOSED, *more)


def later(docs: Overlay, *facts: Fact, now: datetime = JULY) -> Overlay:
    return given_from(docs, Metrics, "activities", *facts, now=now)


def freeze(docs: Overlay, who: Asked = ADMIN, **changes: str) -> Overlay:
    return given_from(
        docs,
        Metrics,
        "metrics",
        FREEZE(docs, {**MONTH, **changes}, who),
        now=JULY,
    )


def restate(docs: Overlay, who: Asked = ADMIN, **changes: str) -> Overlay:
    said = {**examples.COMMANDS["restate_report"], **changes}
    return given_from(docs, Metrics, "metrics", RESTATE(docs, said, who), now=JULY)


def shown(docs: Overlay, **more: int) -> Json:
    return reports.get_report(docs, {**MONTH, **more}, INSIDER)


def value(report: Json, figure: str) -> object:
    return next(item["value"] for item in report["items"] if item["figure"] == figure)


def told(docs: Overlay, figure: str, **more: int) -> tuple[object, bool]:
    """What a reader from outside is told of a figure of the scope, and of its street."""
    report = reports.get_report(docs, {**MONTH, **more}, ANALYST)
    item = next(item for item in report["items"] if item["figure"] == figure)
    (row,) = (row for row in report["divisions"] if row["key"] == STREET)
    assert (row["figures"][figure] is None) == (figure in row["withheld"])
    return item["value"], "value" in item["withheld"]

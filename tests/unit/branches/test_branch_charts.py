"""The chart of any day is what the events say."""

from datetime import date, timedelta

from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from services.branches.service import Branches
from services.branches.views.chart import chart
from services.kit.log import Fact
from tests.examples import branches as examples
from tests.given import DIVISIONS, example_of, given
from tests.unit.branches.stage import take

DAYS = st.integers(0, 30).map(
    lambda day: (date(2026, 6, 1) + timedelta(days=day)).isoformat()
)
PARENTS = st.sampled_from(["510108", "510108015", "510108016"])
LINK = st.tuples(st.sampled_from(["B1", "B2", "B3"]), PARENTS, DAYS, DAYS)
ENDS = st.dictionaries(st.sampled_from(["B1", "B2", "B3"]), DAYS, max_size=2)


@settings(max_examples=80, deadline=None)
@given_any(st.lists(LINK, max_size=10), ENDS, DAYS)
def test_the_chart_of_a_day_is_what_the_events_say(
    links: list[tuple[str, str, str, str]], ends: dict[str, str], day: str
) -> None:
    docs = given(Branches, *DIVISIONS)
    for branch in ("B1", "B2", "B3"):
        since = "2026-06-10" if branch == "B3" else "2026-05-01"
        take(
            docs,
            example_of(examples, "branch_established.v1", branch=branch, since=since),
        )
    for number, (branch, parent, since, until) in enumerate(links):
        told = {
            "branch": branch,
            "kind": "territorial",
            "parent": parent,
            "since": since,
            "link": f"L{number}",
        }
        take(
            docs, Fact("oversight_linked.v1", "x", {**told, "until": max(since, until)})
        )
    for branch, when in ends.items():
        take(docs, example_of(examples, "branch_dissolved.v1", branch=branch, on=when))
    alive = {
        branch
        for branch in ("B1", "B2", "B3")
        if (branch != "B3" or day >= "2026-06-10") and day < ends.get(branch, "9999")
    }
    expected = sorted(
        (parent, branch)
        for branch, parent, since, until in links
        if branch in alive and since <= day <= max(since, until)
    )
    found = chart(docs, "510108", day)
    assert found["total"] == len(alive)
    under = sorted(
        (entry["parent"], item["branch"])
        for entry in found["parents"]
        for item in entry["branches"]
    )
    without = alive - {branch for _, branch in expected}
    assert under == sorted([*expected, *(("", branch) for branch in without)])

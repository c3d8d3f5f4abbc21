"""What there is in the demonstration before anything happens: units and their offerings, sites, campaigns, branches."""

from schemas.documents import Json, pick
from services.xfh.demo.day import Day
from services.xfh.demo.invented import CAMPAIGNS, SITES
from services.xfh.demo.plan import DISTRICT
from services.xfh.demo.script import Unit

THE_YEAR = {"since": "2026-01-01", "until": "2026-12-31"}
A_TERM = {"since": "2026-01-01", "until": "2028-12-31"}
COMMITTEE = {
    "name": "网络直播行业综合党委（演示）",
    "industry": "互联网",
    "division": DISTRICT,
}
HOME = {
    "name": "互联网营销师之家（演示）",
    "services": ["直播培训", "法律咨询", "选品对接"],
}


def establish(day: Day) -> None:
    """Asked as everything is: taken up where it stopped."""
    Founding(day).establish()


class Founding:
    """One run of it. It leaves the ids of units, offerings and branches with the day."""

    def __init__(self, day: Day):
        self._day = day

    def establish(self) -> None:
        day = self._day
        units = day.plan.units
        day.units = day.for_all(self._admit, units)
        offering = [number for number, unit in enumerate(units) if unit.offering]
        offerings = day.for_all(self._offer, offering)
        day.offerings = dict(zip(offering, offerings, strict=True))
        committee = day.new("/committees", day.district(), COMMITTEE, "committee")
        sites = [self._site(number) for number in range(len(SITES))]
        self._declare_campaigns()
        numbers = range(len(day.plan.branches))
        day.branches = [self._branch(number, committee, sites) for number in numbers]
        self._open_home(sites[0])

    def _admit(self, unit: Unit) -> str:
        day = self._day
        liaison = day.liaison(day.plan.units.index(unit))
        id = day.new("/units", liaison, unit.body, unit.key)
        street = day.street(unit.body["community"])
        day.do(f"/units/{id}/approve", street, {}, f"{unit.key}-approve")
        return id

    def _offer(self, number: int) -> str:
        day = self._day
        unit = self._day.plan.units[number]
        assert unit.offering is not None
        path = f"/units/{day.units[number]}/offerings"
        return day.new(path, day.liaison(number), unit.offering, f"{unit.key}-offer")

    def _site(self, number: int) -> str:
        body = {
            "name": SITES[number],
            "community": self._community(number),
            "address": "演示地址",
        }
        return self._day.new("/sites", self._day.district(), body, f"site-{number}")

    def _community(self, number: int) -> str:
        return str(self._day.plan.branches[number]["community"])

    def _declare_campaigns(self) -> None:
        day = self._day
        for number, name in enumerate(sorted(set(CAMPAIGNS.values()))):
            campaign = {"campaign": name, "division": DISTRICT} | THE_YEAR
            day.do("/campaigns", day.district(), campaign, f"campaign-{number}")

    def _branch(self, number: int, committee: str, sites: list[str]) -> str:
        day = self._day
        site = {"site": sites[number % len(sites)]}
        body = day.plan.branches[number] | site
        id = day.new("/branches", day.district(), body, f"branch-{number}")
        street = self._community(number)[:9]
        self._oversee(number, id, "industry", committee)
        self._oversee(number, id, "territorial", street)
        term = {"person": f"demo-secretary-{number}"} | A_TERM
        self._of_branch(number, id, "secretary", term)
        self._report(number, id)
        return id

    def _oversee(self, number: int, id: str, kind: str, parent: str) -> None:
        link = {"kind": kind, "parent": parent} | pick(THE_YEAR, "since")
        self._of_branch(number, id, "oversight", link, kind)

    def _report(self, number: int, id: str) -> None:
        """The branch's committee, its members and streamers, and the community it reports in to."""
        elected = A_TERM | {"members": 3}
        self._of_branch(number, id, "committee", elected)
        counts = {
            "on": "2026-05-31",
            "members": 8 + 3 * number,
            "streamers": 40 + 25 * number,
        }
        self._of_branch(number, id, "counts", counts)
        report = {"community": self._community(number), "on": "2026-03-01"}
        self._of_branch(number, id, "reports/branch", report, "report")

    def _of_branch(
        self, number: int, id: str, step: str, body: Json, key: str = ""
    ) -> None:
        path = f"/branches/{id}/{step}"
        once = f"branch-{number}-{key or step}"
        self._day.do(path, self._day.district(), body, once)

    def _open_home(self, site: str) -> None:
        day = self._day
        place = {
            "community": self._community(0),
            "site": site,
            "branch": day.branches[0],
        }
        day.new("/homes", day.district(), HOME | place, "home")

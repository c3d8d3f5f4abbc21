"""Sessions as plain lists: who signed up, who sat, who came and what they said, replayed by nobody else."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from schemas.persons import principal
from services.xfh.reconcile.cells import day_of

UNIT = "host:unit/"


@dataclass
class Visit:
    """One person at one session: what was told last of their attendance and their hours, and the score they gave."""

    attended: bool = False
    minutes: int = 0
    hours: str = "scanned"
    helps: bool = False
    invited: bool = True
    score: int | None = None
    signer: str = ""


@dataclass
class Group:
    """A party: by whom, how many, and who of it has come in by themself, or would have, were they not merged."""

    by: str
    size: int
    standing: str
    helps: bool = False
    people: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    away: list[str] = field(default_factory=list)

    def seats(self) -> Counter[str]:
        """By who answers for them, where the party has any."""
        if self.standing != "in":
            return Counter()
        own = self.size - len(self.joined)
        return Counter({self.by: own}) + Counter(self.joined)


@dataclass
class Session:
    posting: dict[str, Any]
    state: str = "open"
    stays: bool = False
    groups: dict[str, Group] = field(default_factory=dict)
    late: Counter[str] = field(default_factory=Counter)
    companions: dict[str, str] = field(default_factory=dict)
    visits: dict[str, Visit] = field(default_factory=lambda: defaultdict(Visit))
    merged: dict[str, Any] = field(default_factory=dict)

    def seats(self) -> Counter[str]:
        return sum((group.seats() for group in self.groups.values()), Counter())

    def signer_of(self, person: str) -> str:
        """Who answers for a person: who is named by a guest's id, or has seated a companion."""
        group = self.groups.get(self.companions.get(person, ""))
        return group.by if group and group.standing == "in" else principal(person)

    def post(self, posting: dict[str, Any]) -> None:
        """Moves with its activity until somebody has attended or it has ended; its seats are as last told."""
        fixed = self.stays or self.state != "open"
        seats = {"capacity": posting["capacity"], "helpers": posting.get("helpers", 0)}
        self.posting = self.posting | seats if fixed else posting

    @property
    def values(self) -> list[str]:
        """`dimension:value` of all that it is counted by."""
        posting = self.posting
        values = [f"category:{posting['category']}"]
        hosts = sorted({posting["host"], *posting.get("cohosts", [])})
        values += (f"host:{host}" for host in hosts)
        if "campaign" in posting:
            values.append(f"campaign:{posting['campaign']}")
        return values

    @property
    def units(self) -> list[str]:
        """The units among its hosts."""
        hosts = (value for value in self.values if value.startswith(UNIT))
        return [host.removeprefix(UNIT) for host in hosts]

    @property
    def is_attended(self) -> bool:
        return any(visit.attended for visit in self.visits.values())

    @property
    def capacity(self) -> int:
        return int(self.posting["capacity"] + self.posting.get("helpers", 0))

    @property
    def day(self) -> str:
        return day_of(self.posting["starts_at"])

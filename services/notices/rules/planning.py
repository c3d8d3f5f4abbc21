"""What is to be delivered: the notices of each log looked through once, in order, against what people have chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.documents import Json, pick, pick_present
from schemas.fields import instant
from schemas.notices.news import KINDS as NEWS
from services.kit.channels import Channel, Channels
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Find, Reads
from services.notices.folds.notices import SOURCES
from services.notices.model import timing
from services.notices.model.choices import DEFAULTS, of_person
from services.notices.rules.choices import wants

MOST_LOOKED_AT = 500
ENOUGH = 100
LATEST = timedelta(days=1)


def plan(docs: Reads, command: Json, asked: Asked, channels: Channels) -> Fact | None:
    """The next step through the first log that has something new; None when there is none."""
    for source in SOURCES:
        step = _plan(docs, asked, channels, source)
        if step is not None:
            return step
    return None


def _plan(docs: Reads, asked: Asked, channels: Channels, source: str) -> Fact | None:
    known = docs.get("plans", source)
    if known is None:
        return _begin_at_the_end(docs, source)
    planner = Planner(docs, asked.now, channels)
    last = None
    for notice in _not_looked_at(docs, source, known["upto"]):
        planner.look_at(notice)
        last = notice
        if len(planner.planned) >= ENOUGH:
            break
    return _fact(source, last, planner.planned) if last else None


def _not_looked_at(docs: Reads, source: str, upto: Json) -> list[Json]:
    place = upto["sequence"], upto.get("notice", "")
    following = Find(SOURCES[source], {}, "seq", after=place, limit=MOST_LOOKED_AT)
    return docs.find(following)


def _begin_at_the_end(docs: Reads, source: str) -> Fact:
    """What was told before anything could be sent is not sent now."""
    newest = docs.find(Find(SOURCES[source], {}, "seq", limit=1, newest_first=True))
    return _fact(source, newest[0] if newest else None, [])


def _fact(source: str, last: Json | None, planned: list[Json]) -> Fact:
    upto = {"sequence": last["seq"], "notice": last["id"]} if last else {"sequence": 0}
    content = {"source": source, "upto": upto, "deliveries": planned}
    return Fact("deliveries_planned.v1", f"plan/{source}", content)


@dataclass
class Planner:
    """Looks at one notice after the other; what it has planned already counts for what comes after."""

    docs: Reads
    now: datetime
    channels: Channels
    planned: list[Json] = field(default_factory=list)

    def look_at(self, notice: Json) -> None:
        """A notice more than a day old is past delivering: it is in the inbox. So is what may have gone out already."""
        at = datetime.fromisoformat(notice["at"])
        is_late = at < self.now - LATEST
        if "over" in notice or is_late or self._may_have_gone_out(notice):
            return
        for channel, choices in self._channels_for(notice):
            id = f"{notice['id']}.{channel.name}"
            if self.docs.get("deliveries", id) is None:
                delivery = self._delivery(id, notice, channel, choices)
                self.planned.append(delivery)

    def _delivery(self, id: str, notice: Json, channel: Channel, choices: Json) -> Json:
        planned = pick_present(notice, "kind", "to", "soon")
        planned |= {"delivery": id, "notice": notice["id"], "channel": channel.name}
        return planned | self._when(notice, channel, choices)

    def _may_have_gone_out(self, notice: Json) -> bool:
        """Told by an event from before the logs were brought back, and due by then. News of a session is always due."""
        last = self.docs.get("interruptions", "last")
        if last is None or notice["id"] > last["event"]:
            return False
        return notice["at"] <= last["at"] or notice["kind"] in NEWS

    def _channels_for(self, notice: Json) -> Iterator[tuple[Channel, Json]]:
        """Each channel it goes by, with the choices of whoever hears it there."""
        kind, _, id = notice["to"].partition("/")
        if kind == "person":
            yield from self._chosen_by(id, notice["kind"])
            return
        for channel in self.channels:
            if channel.of == notice["to"]:
                yield channel, DEFAULTS

    def _chosen_by(self, person: str, kind: str) -> Iterator[tuple[Channel, Json]]:
        choices = of_person(self.docs, person)
        for channel in self.channels:
            has_address = channel.name in choices["notes"]
            if has_address and wants(self.docs, choices, kind, channel.name):
                yield channel, choices

    def _when(self, notice: Json, channel: Channel, choices: Json) -> Json:
        at = datetime.fromisoformat(notice["at"])
        ready = max(self.now, at)
        recent = self._recent(notice["to"], channel)
        group = timing.spread(recent, ready)
        when: Json = {"ready_at": instant(ready), "group_at": instant(group)}
        send_at = timing.send_at(notice | when, choices, self.now)
        when["send_at"] = instant(send_at)
        return when

    def _recent(self, to: str, channel: Channel) -> list[datetime]:
        """When the first few of the last hour were planned, for the same ears."""
        where = {"to": to, "channel": channel.name}
        since = instant(self.now - timing.WITHIN)
        most = timing.AT_ONCE
        find = Find("deliveries", where, "at", since=since, limit=most)
        recent = [
            datetime.fromisoformat(delivery["at"]) for delivery in self.docs.find(find)
        ]
        now = [self.now for planned in self.planned if pick(planned, *where) == where]
        return (recent + now)[:most]

"""What is to be delivered: the notices of each log looked through once, in order, against what people have chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from schemas.documents import Json
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
    return next(
        filter(None, (_plan(docs, asked, channels, source) for source in SOURCES)), None
    )


def _plan(docs: Reads, asked: Asked, channels: Channels, source: str) -> Fact | None:
    known = docs.get("plans", source)
    if known is None:
        return _begin_at_the_end(docs, source)
    place = known["upto"]["sequence"], known["upto"].get("notice", "")
    found = docs.find(
        Find(SOURCES[source], {}, "seq", after=place, limit=MOST_LOOKED_AT)
    )
    planner = Planner(docs, asked.now, channels)
    last = None
    for notice in found:
        planner.look_at(notice)
        last = notice
        if len(planner.planned) >= ENOUGH:
            break
    return _fact(source, last, planner.planned) if last else None


def _begin_at_the_end(docs: Reads, source: str) -> Fact:
    """What was told before anything could be sent is not sent now."""
    newest = docs.find(Find(SOURCES[source], {}, "seq", limit=1, newest_first=True))
    return _fact(source, newest[0] if newest else None, [])


def _fact(source: str, last: Json | None, planned: list[Json]) -> Fact:
    upto = {"sequence": last["seq"], "notice": last["id"]} if last else {"sequence": 0}
    return Fact(
        "deliveries_planned.v1",
        f"plan/{source}",
        {"source": source, "upto": upto, "deliveries": planned},
    )


@dataclass
class Planner:
    """Looks at one notice after the other; what it has planned already counts for what comes after."""

    docs: Reads
    now: datetime
    channels: Channels
    planned: list[Json] = field(default_factory=list)

    def look_at(self, notice: Json) -> None:
        """A notice more than a day old is past delivering: it is in the inbox. So is what may have gone out already."""
        late = datetime.fromisoformat(notice["at"]) < self.now - LATEST
        if "over" in notice or late or self._may_have_gone_out(notice):
            return
        for channel, choices in self._channels_for(notice):
            id = f"{notice['id']}.{channel.name}"
            if self.docs.get("deliveries", id) is None:
                known: Json = {
                    name: notice[name]
                    for name in ("kind", "to", "soon")
                    if name in notice
                }
                planned = {
                    "delivery": id,
                    "notice": notice["id"],
                    **known,
                    "channel": channel.name,
                }
                self.planned.append({**planned, **self._when(notice, channel, choices)})

    def _may_have_gone_out(self, notice: Json) -> bool:
        """Told by an event from before the logs were brought back, and due by then. News of a session is always due."""
        last = self.docs.get("interruptions", "last")
        if last is None or notice["id"] > last["event"]:
            return False
        return notice["at"] <= last["at"] or notice["kind"] in NEWS

    def _channels_for(self, notice: Json) -> Iterator[tuple[Channel, Json]]:
        """Each channel it goes by, with the choices of whoever hears it there."""
        kind, _, id = notice["to"].partition("/")
        if kind != "person":
            yield from (
                (channel, DEFAULTS)
                for channel in self.channels
                if channel.of == notice["to"]
            )
            return
        choices = of_person(self.docs, id)
        for channel in self.channels:
            if channel.name in choices["notes"] and wants(
                choices, notice["kind"], channel.name
            ):
                yield channel, choices

    def _when(self, notice: Json, channel: Channel, choices: Json) -> Json:
        ready = max(self.now, datetime.fromisoformat(notice["at"]))
        group = timing.spread(self._recent(notice["to"], channel), ready)
        bases: Json = {"ready_at": instant(ready), "group_at": instant(group)}
        when = timing.send_at({**notice, **bases}, choices, self.now)
        return {**bases, "send_at": instant(when)}

    def _recent(self, to: str, channel: Channel) -> list[datetime]:
        """When the first few of the last hour were planned, for the same ears."""
        where = {"to": to, "channel": channel.name}
        since = instant(self.now - timing.WITHIN)
        found = self.docs.find(
            Find("deliveries", where, "at", since=since, limit=timing.AT_ONCE)
        )
        now = sum(
            (each["to"], each["channel"]) == (to, channel.name) for each in self.planned
        )
        return [
            *(datetime.fromisoformat(doc["at"]) for doc in found),
            *[self.now] * now,
        ][: timing.AT_ONCE]

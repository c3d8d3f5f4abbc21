"""Findings: recorded at a door with the one way each goes, and taken further by what becomes of it there."""

from schemas.documents import Json, pick, pick_present, without
from schemas.fields import instant
from services.district.calendar import day_ends, local_day
from services.grids.model.lifecycles import FINDING
from services.grids.rules.rights import (
    FINDINGS,
    TEAMS,
    VISITS,
    walked_door,
    walks,
    works_in,
)
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.views import Reads


def record(docs: Reads, command: Json, asked: Asked) -> Fact:
    door = walked_door(docs, command["door"], asked, "find")
    if "visit" in command:
        _must_be_of_the_visit(docs, command, asked)
    routed = _routed(docs, command, door, asked)
    content = without(command, "words", "team", "due") | routed
    content |= pick(door, "community", "grid") | {"by": asked.actor.id}
    notes = {}
    if "words" in command:
        notes = {asked.new_id: command["words"]}
        content["note"] = asked.new_id
    content["finding"] = asked.new_id
    stream = f"finding/{asked.new_id}"
    return Fact("finding_recorded.v1", stream, content, notes, of=door["id"])


def route(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Anew, by who works there: what came to nothing, or did not last."""
    finding = FINDINGS.admitted(
        docs, command["finding"], asked, may=_handles, sees=walks, code="out_of_scope"
    )
    step = f"route_{command['route']}"
    FINDING.must_allow(finding, step, finding["kind_text"])
    content = pick(finding, "community", "grid", "kind", "urgency")
    content |= pick(command, "route") | _routed(docs, command, finding, asked)
    content |= {"by": asked.actor.id}
    return FINDING.fact("finding_routed.v1", finding["id"], content)


def resolve(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What a team was sent for is done: said by one of the team, or by who works there."""
    finding = FINDINGS.admitted(
        docs,
        command["finding"],
        asked,
        may=_sees_to,
        sees=concerns,
        code="out_of_scope",
    )
    FINDING.must_allow(finding, "resolve", finding["kind_text"])
    by = {"by": asked.actor.id}
    return FINDING.fact("finding_resolved.v1", finding["id"], by)


def note_overdue(docs: Reads, finding: Json, asked: Asked) -> Fact:
    content = {"since": finding["due_at"]}
    return FINDING.fact("followup_overdue.v1", finding["id"], content)


def forget(docs: Reads, finding: Json, asked: Asked) -> Fact:
    """What was seen has been kept as long as it may be."""
    words = (finding["note"],)
    return FINDING.fact("finding_words_erased.v1", finding["id"], erases=words)


def _routed(docs: Reads, command: Json, place: Json, asked: Asked) -> Json:
    """`{team, due, due_at}` where a team is sent, which must be one that comes there, and the day still to come."""
    if command["route"] != "followup":
        return {}
    team = TEAMS.found(docs, command["team"], asked)
    comes_there = place["community"].startswith(team["division"])
    if team["state"] != "ready" or not comes_there:
        says = f"“{team['name']}”不在这里办理"
        raise Refused("team_elsewhere", says, path="team")
    if command["due"] < local_day(asked.now):
        raise Refused("due_in_the_past", "办理期限不能早于今天", path="due")
    due_at = instant(day_ends(command["due"]))
    return pick_present(command, "team", "due") | {"due_at": due_at}


def _must_be_of_the_visit(docs: Reads, command: Json, asked: Asked) -> None:
    visit = VISITS.found(docs, command["visit"], asked, sees=walks)
    if visit["door"] != command["door"]:
        raise Refused("door_elsewhere", "那次走访不是这一户的", path="visit")


def _handles(docs: Reads, finding: Json, asked: Asked) -> bool:
    return works_in(asked, finding["community"])


def _sees_to(docs: Reads, finding: Json, asked: Asked) -> bool:
    return _handles(docs, finding, asked) or _was_sent(docs, finding, asked)


def _was_sent(docs: Reads, finding: Json, asked: Asked) -> bool:
    """True for one of the team that sees to it."""
    if "team" not in finding:
        return False
    return is_of_team(docs.the("teams", finding["team"]), asked)


def is_of_team(team: Json, asked: Asked) -> bool:
    return any(asked.is_me(person) for person in team["persons"])


def concerns(docs: Reads, finding: Json, asked: Asked) -> bool:
    return walks(docs, finding, asked) or _was_sent(docs, finding, asked)


# What becomes of the need that was raised for one


def follow_raised(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """The need itself says of which: what is folded of an event comes after what follows from it."""
    if "origin" not in event.data:
        return None
    type = "finding_referred.v1"
    return _stepped(docs, event, event.data["origin"], "refer", type)


def follow_done(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    return _followed(docs, event, "settle", "finding_resolved.v1")


def follow_given_up(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    return _followed(docs, event, "give_back", "finding_returned.v1")


def follow_appealed(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    """A need that was turned down is one after all: unless it was sent another way meanwhile, it goes on with it."""
    if not event.data["upheld"]:
        return None
    return _followed(docs, event, "resume", "finding_referred.v1")


def follow_reopened(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    return _followed(docs, event, "reopen", "finding_reopened.v1")


def _followed(docs: Reads, event: Event, step: str, type: str) -> Fact | None:
    """None where the need is of no finding."""
    need = docs.get("needs", event.data["need"])
    if need is None:
        return None
    return _stepped(docs, event, need["finding"], step, type)


def _stepped(docs: Reads, event: Event, id: str, step: str, type: str) -> Fact | None:
    """None where the finding has gone another way since."""
    finding, need = docs.the("findings", id), event.data["need"]
    if finding["state"] not in FINDING.steps[step].before:
        return None
    if finding.get("need", need) != need:
        return None
    return FINDING.fact(type, finding["id"], {"need": need})

"""What the gateway knows of who may do what: learned from people once, and forgotten when that has changed there.

Whose access has changed is asked every second while anybody is signed in. Whatever was learned before somebody's last
change is not believed; so what is revoked is refused at the next request, a second and one call later at the latest.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from gateway.edge.auth import access_unknown
from gateway.edge.rpc import Services
from schemas.documents import Json
from schemas.fields import instant
from services.kit.actor import SYSTEM, Actor, Role
from services.kit.clock import Clock, system
from services.kit.errors import Problem, Unavailable, Unknown

SERVICE = "people"
ASKED_EVERY_S = 1.0
GOOD_FOR_S = 10.0
WITHIN = 0.1  # Of the time somebody waits for an answer.
MOST_REMEMBERED = 20_000
START = "/start"  # Leads who has come in to the page of their work.
RESIDENT = "resident"


@dataclass(frozen=True, slots=True)
class Known:
    """Who has a session and in which roles, as it was at `seq` of the people's log; `until` when, "" for no session."""

    actor: Actor
    session: str
    seq: int
    maker: str = ""
    until: str = ""

    @property
    def person(self) -> str:
        """With whose access it changes what they may do: a machine's, with that of who made its key."""
        return self.maker or self.actor.id

    @property
    def is_staff(self) -> bool:
        return any(role.role != RESIDENT for role in self.actor.roles)

    def as_resident(self) -> Actor:
        roles = tuple(role for role in self.actor.roles if role.role == RESIDENT)
        return replace(self.actor, roles=roles)


class Access:
    """Thread-safe. One for a process."""

    def __init__(
        self,
        services: Services,
        now: Callable[[], float] = time.monotonic,
        clock: Clock = system,
    ) -> None:
        self._services, self._now, self._clock = services, now, clock
        self._asking = threading.Lock()
        self._changed: dict[str, int] = {}
        self._known: dict[str, Known] = {}
        self._head = -1  # How far the people's log is known; nothing of it yet.
        self._since = -1  # From where on no change was missed or forgotten.
        self._asked_at = self._known_at = float("-inf")

    def of(self, hash: str) -> Known | None:
        """Who has this session; None when nobody has, or has any more. Raises `Unavailable` when that is unknown."""
        return self._once(hash, partial(self._session_of, hash))

    def machine(self, id: str, hash: str) -> Known | None:
        """Whose key that is, in the same way: by its id, and the hash of its secret."""
        return self._once(f"{id} {hash}", partial(self._machine_of, id, hash))

    def _once(self, name: str, learn: Callable[[int], Known]) -> Known | None:
        self._look_for_changes()
        known = self._known.get(name)
        if known is not None and self._is_good(known):
            return known
        known = self._learned(learn)
        if known is None:
            self._known.pop(name, None)
        else:
            self._remember(name, known)
        return known

    def is_so_still(self, known: Known) -> bool:
        """Whether nothing of what they may do has changed since then. Raises `Unavailable` when that is unknown."""
        self._look_for_changes()
        if self._since < 0:
            raise access_unknown()
        changed, person = self._changed, known.person
        if person not in changed and known.seq < self._since:
            _note(changed, person, self._last_change(person))
        return changed.get(person, 0) <= known.seq

    @property
    def is_fresh(self) -> bool:
        """Whether what changed in the last seconds would be known."""
        return self._now() - self._known_at <= GOOD_FOR_S

    def look_again(self) -> None:
        """Makes the next request ask: this one has changed something."""
        self._asked_at = float("-inf")

    def _is_good(self, known: Known) -> bool:
        """False as well for what was learned before anything was forgotten, and for a session whose time is over."""
        if known.until and known.until <= instant(self._clock()):
            return False
        last_change = self._changed.get(known.person, 0)
        return known.seq >= self._since and known.seq >= last_change

    def _last_change(self, person: str) -> int:
        """That people knows of, heard here or not."""
        try:
            return int(self._ask("access", {"person": person})["seq"])
        except Unavailable as error:
            raise access_unknown() from error

    def _look_for_changes(self) -> None:
        """Asks what has changed, unless that was asked a moment ago or somebody else is asking.

        As long as nothing at all is known, who asks second waits for the answer to the first.
        """
        if self._is_new() or not self._asking.acquire(blocking=self._head < 0):
            return
        try:
            if not self._is_new():
                self._hear()
        finally:
            self._asking.release()

    def _is_new(self) -> bool:
        return self._now() - self._asked_at < ASKED_EVERY_S

    def _hear(self) -> None:
        try:
            while self._hear_more():
                pass
        except Problem:
            pass  # What is known gets older; `is_fresh` tells.
        self._asked_at = self._now()

    def _hear_more(self) -> bool:
        asked_at = self._now()
        question: Json = {"since": self._head} if self._head >= 0 else {}
        answer = self._ask("changed_access", question)
        for change in answer["items"]:
            _note(self._changed, change["person"], change["seq"])
        self._head = answer["head"]
        if self._since < 0:
            self._since = self._head
        if len(self._changed) > MOST_REMEMBERED:
            self._forget()
        if not answer["more"]:
            self._known_at = asked_at
        return bool(answer["more"])

    def _learned(self, learn: Callable[[int], Known]) -> Known | None:
        """As people says now; what changes while it is asked is after the head, and so is not missed."""
        try:
            return learn(self._head)
        except Unknown:
            return None
        except Unavailable as error:
            raise access_unknown() from error

    def _session_of(self, hash: str, seq: int) -> Known:
        session = self._ask("find_session", {"hash": hash})
        access = self._ask("access", {"person": session["person"]})
        actor = Actor(session["person"], _roles(access["roles"]))
        known = Known(actor, session["id"], seq, until=session["until"])
        is_limited = session.get("limited", False)
        return replace(known, actor=known.as_resident()) if is_limited else known

    def _machine_of(self, id: str, hash: str, seq: int) -> Known:
        key = self._ask("find_api_key", {"api_key": id, "hash": hash})
        maker, offices = key["person"], _roles(key["offices"])
        actor = Actor(id, _roles(key["roles"]), maker=maker, offices=offices)
        return Known(actor, "", seq, maker)

    def _remember(self, hash: str, known: Known) -> None:
        if len(self._known) >= MOST_REMEMBERED:
            self._forget()
        self._known[hash] = known

    def _forget(self) -> None:
        """New ones: who is looking something up in the old ones just now must not write it into these."""
        self._known, self._changed = {}, {}
        self._since = self._head

    def _ask(self, name: str, question: Json) -> Json:
        answer: Json = self._services.ask(
            SERVICE, name, question, actor=SYSTEM, part=WITHIN
        )
        return answer


def _roles(told: list[Json]) -> tuple[Role, ...]:
    return tuple(Role(each["role"], each["scope"]) for each in told)


def _note(changed: dict[str, int], person: str, seq: int) -> None:
    changed[person] = max(seq, changed.get(person, 0))

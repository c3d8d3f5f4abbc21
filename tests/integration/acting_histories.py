"""The same histories, in which people act for others besides: by links that begin, end and merge, and by keys."""

import itertools
import random
from collections.abc import Callable

from schemas.documents import Json
from schemas.persons import principal
from services.district import acting
from services.district.calendar import local_day
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.errors import Problem
from services.kit.persons import aliases
from tests.examples.people import EVENTS
from tests.integration.activity_histories import HOSTS, PEOPLE, STANDING
from tests.integration.mandates import (
    ASKS_CONSENT,
    NOT_BY_A_GUARDIAN,
    REFUSALS,
    Asks,
    Mandates,
)
from tests.integration.merging_histories import MergingHistory, StageOfPeople

KINDS = ("guardian", "proxy", "household")
UNTIL = ("2026-12-30", "2026-12-31", "2027-01-01", "2027-06-30")
PURPOSE = "activities"


class ActingHistory(MergingHistory):
    """Whenever it comes to rest some begin or end to act for others, agree, make keys, and use all of these.

    Where nobody is `acting` it is the history it would be without.
    """

    def __init__(
        self, stage: StageOfPeople, seed: int, *, quiet: bool = False, acting: bool
    ):
        self._acting = acting
        self._hands = random.Random(f"hands {seed}")
        self._mandates, self._ids = Mandates(PEOPLE), itertools.count()
        self._keys: dict[str, str] = {}
        self._consents: dict[str, str] = {}
        self._gone: set[str] = set()
        super().__init__(stage, seed, quiet=quiet)
        for number, person in enumerate(PEOPLE if acting else ()):
            place = HOSTS[number % len(HOSTS)]
            self._tell("person_recorded.v1", person=person, community=place)

    def merge(self) -> Json:
        two = super().merge()
        self._gone.add(two["person"])
        self._mandates.merge(two["person"], two["into"])
        return two

    def part(self) -> None:
        self._mandates.part(self._merges[-1]["person"])
        super().part()

    def _rest(self) -> None:
        super()._rest()
        if not self._acting:
            return
        for step in self._hands.choices(self.STEPS, k=12):
            step(self)

    def _retry(self) -> None:
        """Of those who go by the id they always went by."""
        super()._retry()
        if not self._acting:
            return
        told = [each for each in self.stage.told if each[2].id not in self._gone]
        head = self.stage.host.store.log.head()
        self.stage.must_answer_as_before(*self._hands.choice(told))
        assert self.stage.host.store.log.head() == head

    # What people say

    def _begin(self) -> None:
        person, holder = self._hands.sample(self._mandates.left(), 2)
        link = f"L{next(self._ids)}"
        until, kind = self._hands.choice(UNTIL), self._hands.choice(KINDS)
        said = {"person": person, "holder": holder, "kind": kind, "until": until}
        self._mandates.links[link] = said
        self._tell("link_begun.v1", link=link, **said)

    def _end(self) -> None:
        """Any, also of who is merged, by whoever keeps the record of the one or the other."""
        if self._mandates.links:
            link = self._hands.choice([*self._mandates.links])
            type = self._hands.choice(("link_ended.v1", "link_lapsed.v1"))
            del self._mandates.links[link]
            self._tell(type, link=link)

    def _agree(self) -> None:
        person, consent = (
            self._hands.choice(self._mandates.left()),
            f"C{next(self._ids)}",
        )
        self._consents[person] = consent
        self._mandates.say(person, agrees=True)
        said = {"consent": consent, "person": person, "purpose": PURPOSE}
        self._tell("consent_given.v1", **said)

    def _agree_no_more(self) -> None:
        """To what they once agreed to, by whatever id that was."""
        if self._consents:
            person = self._hands.choice([*self._consents])
            self._mandates.say(person, agrees=False)
            consent = self._consents.pop(person)
            self._tell("consent_withdrawn.v1", consent=consent)

    def _make_key(self) -> None:
        maker, key = self._hands.choice(self._mandates.left()), f"KEY{next(self._ids)}"
        self._keys[key] = maker
        self._tell("api_key_made.v2", api_key=key, person=maker)

    def _tell(self, type: str, **said: str) -> None:
        self.stage.tells(type, EVENTS[type] | said)

    # What they do

    def _act(self) -> None:
        """Mostly for whom somebody has a link to, by whatever id that names."""
        link = self._hands.choice(
            [*self._mandates.links.values(), *_strangers(self._hands)]
        )
        person, holder = link["person"], self._now(link["holder"])
        method, command = self._asking(person)
        command |= {"on_behalf_of": person}
        refusal = self.stage.attempt(method, command, _resident(holder))
        self._must_be_due(refusal, method, holder, person)

    def _asking(self, person: str) -> tuple[str, Json]:
        session = self._session()
        of = {"activity": session["activity"], "session": session["id"]}
        theirs = [
            signup["id"]
            for signup in self.stage.every("activities", "signups")
            if signup["by"] == self._now(person) and signup["state"] in STANDING
        ]
        if theirs and self._hands.random() < 0.5:
            method = self._hands.choice(("cancel_signup", "accept_offer"))
            return method, {"signup": self._hands.choice(theirs)}
        if self._hands.random() < 0.3:
            return NOT_BY_A_GUARDIAN, of | {"score": self._hands.randint(1, 5)}
        return ASKS_CONSENT, of | {"party": [{"person": person, "relation": "self"}]}

    def _must_be_due(self, refusal: str, method: str, holder: str, person: str) -> None:
        expected = self._refusal((holder, person, method))
        told = refusal if refusal in REFUSALS else ""
        assert told == expected, (method, holder, person, refusal)

    def _by_key(self) -> None:
        """What a key marks, of whoever made it and of others: of its maker it never is done."""
        live = [key for key, maker in self._keys.items() if maker not in self._gone]
        if not live:
            return
        key = self._hands.choice(live)
        for seat in self._seats()[:3]:
            host = HOSTS[self._posted.index(seat["activity"])]
            role = (Role("community_worker", host),)
            actor = Actor(key, role, maker=self._keys[key])
            of = {name: seat[name] for name in ("activity", "session", "person")}
            refusal = self.stage.attempt("check_in", of, actor)
            own = self._now(principal(seat["person"])) == self._keys[key]
            assert (refusal == "own_hours") == own or (own and refusal), (key, seat)

    STEPS: tuple[Callable[["ActingHistory"], None], ...] = (
        *[_begin] * 4, _end, _agree, _agree, _agree_no_more, _agree_no_more, _make_key,
        *[_act] * 4, _by_key, _by_key,
    )  # fmt: skip

    # Who may

    def must_be_as_said(self) -> None:
        """Of everybody for everybody."""
        for asks, refusal in self.told_of_all().items():
            assert refusal == self._refusal(asks), asks

    def told_of_all(self) -> dict[Asks, str]:
        """What the service says to who would act for whom, by which it is refused."""
        self.stage.follow()
        return {
            (holder, person, method): self._told_of(holder, person, method)
            for holder in self._mandates.left()
            for person in PEOPLE
            for method in (ASKS_CONSENT, NOT_BY_A_GUARDIAN)
            if self._now(person) != holder
        }

    def _told_of(self, holder: str, person: str, method: str) -> str:
        docs = self.stage.host.store.views
        asked = Asked(_resident(holder), self.stage.now, "")
        try:
            acting.in_their_place(docs, aliases.survivor(docs, person), method, asked)
        except Problem as problem:
            return problem.code
        return ""

    def acts_of(self, people: list[str]) -> dict[str, set[str]]:
        """What was done for each of them by another, as they are told themself."""
        return {who: self._acts_of(who) for who in people}

    def _acts_of(self, who: str) -> set[str]:
        told = self.stage.ask("list_acted", {"person": who}, _resident(who))
        return {each["id"] for each in told["items"]}

    def _refusal(self, asks: Asks) -> str:
        return self._mandates.refusal(asks, local_day(self.stage.now))

    def _now(self, person: str) -> str:
        return self._mandates.now(person)


def _strangers(luck: random.Random) -> list[Json]:
    person, holder = luck.sample(PEOPLE, 2)
    return [{"person": person, "holder": holder}]


def _resident(person: str) -> Actor:
    return Actor(person, (Role("resident", "510108"),))

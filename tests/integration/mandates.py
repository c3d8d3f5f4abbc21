"""Who may act for whom, reckoned in another way than the services do: from all that was said, in the order it was."""

from typing import NamedTuple

from schemas.documents import Json

ASKS_CONSENT, NOT_BY_A_GUARDIAN = "sign_up", "rate"
REFUSALS = ("not_acting_for", "consent_withdrawn")
Asks = tuple[str, str, str]  # Who acts, for whom, and what is asked.


class Said(NamedTuple):
    """Somebody agrees, or agrees no more."""

    person: str
    agrees: bool


class Merged(NamedTuple):
    person: str
    into: str


class Parted(NamedTuple):
    person: str


class Mandates:
    """Links that are not ended, and what `people` said, while some of them were merged and parted."""

    def __init__(self, people: list[str]) -> None:
        self.links: dict[str, Json] = {}
        self._people, self._told = people, list[Said | Merged | Parted]()
        self._into: dict[str, str] = {}

    def merge(self, person: str, into: str) -> None:
        self._into[person] = into
        self._told.append(Merged(person, into))

    def part(self, person: str) -> None:
        del self._into[person]
        self._told.append(Parted(person))

    def say(self, person: str, *, agrees: bool) -> None:
        self._told.append(Said(person, agrees))

    def left(self) -> list[str]:
        return [person for person in self._people if person not in self._into]

    def now(self, person: str) -> str:
        """The id they go by."""
        return self.now(self._into[person]) if person in self._into else person

    def refusal(self, asks: Asks, today: str) -> str:
        """By which a holder is told no; "" where they may, or it is for themself."""
        holder, person, method = asks
        person = self.now(person)
        if holder == person:
            return ""
        if not self._is_linked(holder, person, method, today):
            return "not_acting_for"
        is_withheld = method == ASKS_CONSENT and self._is_against(person)
        return "consent_withdrawn" if is_withheld else ""

    def _is_linked(self, holder: str, person: str, method: str, today: str) -> bool:
        """To the record that is left, both by the ids they go by now."""
        return any(
            (link["person"], link["holder"]) == (person, holder)
            and today <= link["until"]
            and (link["kind"] != "guardian" or method != NOT_BY_A_GUARDIAN)
            for link in self.links.values()
        )

    def _is_against(self, person: str) -> bool:
        """Whether they, or who is merged into them, said no, and nobody who was them by then has agreed since."""
        return any(self._says_no(id) for id in self._people if self.now(id) == person)

    def _says_no(self, id: str) -> bool:
        said = Standing(id)
        for each in self._told:
            said.hear(each)
        return said.no and not said.taken_back_by


class Standing:
    """What the record `id` says, told one after the other, and by whom it was taken back that they were by then."""

    def __init__(self, id: str):
        self.id, self.no = id, False
        self.taken_back_by: set[str] = set()
        self._into: dict[str, str] = {}

    def hear(self, told: Said | Merged | Parted) -> None:
        match told:
            case Merged(person, into):
                self._into[person] = into
            case Parted(person):
                del self._into[person]
                self.taken_back_by &= self._is()
            case Said(self.id, agrees):
                self.no, self.taken_back_by = not agrees, set()
            case Said(person, agrees):
                self.taken_back_by |= {person} & self._is() if agrees else set()

    def _is(self) -> set[str]:
        """By what ids they go besides their own."""
        ids, id = set[str](), self.id
        while id in self._into:
            id = self._into[id]
            ids.add(id)
        return ids

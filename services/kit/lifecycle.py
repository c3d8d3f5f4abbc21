"""A life cycle: the states an entity goes through, the steps between them, and what is said when one is refused.

Rules ask it before they decide, folds take the state from it, and the diagrams in `docs/lifecycles.md` are drawn
from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from schemas.documents import Json
from services.kit.errors import Refused
from services.kit.log import Fact

NOTHING_NOTED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """May be taken in the states `before`, leads to `after`; without `after` the state stays as it is.

    `text` is what readers call it; `cause` is what takes it: a person's `command`, `time`, an
    `event` elsewhere, or another `step`, also of something it is made of.
    """

    text: str
    before: tuple[str, ...]
    after: str | None = None
    cause: str = "command"


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """`subject` is the field that names one in its events, `texts` every state in words, the first one the initial."""

    subject: str
    title: str
    texts: Mapping[str, str]
    steps: Mapping[str, Step]

    @property
    def initial(self) -> str:
        """The state something is in when it begins."""
        return next(iter(self.texts))

    def must_allow(self, doc: Json, step: str, name: str) -> None:
        """Raises `Refused`, code `cannot_<step>`, when the state of `doc`, called `name`, does not allow the step."""
        state, wanted = doc["state"], self.steps[step]
        if state not in wanted.before:
            now = self.texts[state]
            allowed = "".join(f"“{self.texts[other]}”" for other in wanted.before)
            says = f"“{name}”现在是“{now}”，不能“{wanted.text}”；只有{allowed}时可以"
            is_so = state == wanted.after
            raise Refused(f"cannot_{step}", says, path="state", is_so=is_so)

    def fact(
        self,
        type: str,
        id: str,
        data: Json | None = None,
        *,
        notes: Mapping[str, str] = NOTHING_NOTED,
        erases: tuple[str, ...] = (),
    ) -> Fact:
        """What happens to the one with this id, in its own stream."""
        told = (data or {}) | {self.subject: id}
        return Fact(type, f"{self.subject}/{id}", told, dict(notes), erases)

    def begun(self, doc: Json) -> Json:
        """`doc` in its first state."""
        return self._in(doc, self.initial)

    def after(self, doc: Json, step: str) -> Json:
        """`doc` as the step leaves it."""
        return self._in(doc, self.steps[step].after or doc["state"])

    def _in(self, doc: Json, state: str) -> Json:
        return {**doc, "state": state, "state_text": self.texts[state]}

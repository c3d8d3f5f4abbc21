"""Deliveries through random histories: nothing is sent twice by itself, nor against what was chosen last."""

from contextlib import suppress

from hypothesis import given as drawn
from hypothesis import strategies as st

from services.kit.errors import Problem, Unknown
from services.kit.log import Fact
from services.notices.model import timing
from services.notices.rules import deliveries
from tests.given import asked
from tests.unit.notices.deliveries import NIGHT, TOLD
from tests.unit.notices.delivering_stage import Stage


class History:
    """Whatever may happen to deliveries, in any order; remembers what became of each as it was told."""

    def __init__(self) -> None:
        self.stage = Stage()
        self.stage.give()
        self.sent: dict[str, str] = {}
        self.messages: list[str] = []

    def happens(self) -> None:
        self.stage.happens(TOLD)
        self.stage.plan_all()

    def later(self) -> None:
        self.stage.later(hours=3)

    def give(self) -> None:
        self.stage.give()

    def forget(self) -> None:
        self.stage.forget()

    def keep_quiet(self) -> None:
        self.stage.choose(digest=False, **NIGHT)

    def choose_nothing(self) -> None:
        self.stage.choose()

    def want_another_kind(self) -> None:
        self.stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])

    def begin(self) -> None:
        begun = self.stage.begin()
        if begun is not None and begun.type == "delivery_begun.v1":
            self._is_as_was_chosen_last()
            self.messages.append(begun.data["message"])
            for id in begun.data["deliveries"]:
                assert self.sent.get(id, "failed") in {"failed", "resent"}, (
                    f"{id} is sent though {self.sent[id]}"
                )
                self.sent[id] = "begun"

    def made(self) -> None:
        self._report("made")

    def failed(self) -> None:
        self._report("failed")

    def unknown(self) -> None:
        self._report("unknown")

    def no_report(self) -> None:
        message = self.stage.docs.the("messages", self._last())
        self._told(
            self.stage.record(deliveries.lose(self.stage.docs, message, asked())),
            "unknown",
        )

    def resend(self) -> None:
        id = next(iter(self.sent), "N1.mail")
        command = {"delivery": id}
        self.stage.record(
            deliveries.resend(self.stage.docs, command, self.stage.asked(id="A1"))
        )
        self.sent[id] = "resent"

    def _is_as_was_chosen_last(self) -> None:
        chosen = self.stage.docs.the("choices", "P1")
        assert timing.after_quiet(chosen, self.stage.now) == self.stage.now
        assert not chosen.get("wanted")

    def _last(self) -> str:
        if not self.messages:
            raise Unknown("没有")
        return self.messages[-1]

    def _report(self, outcome: str) -> None:
        self._told(self.stage.report(self._last(), outcome), outcome)

    def _told(self, fact: Fact | None, outcome: str) -> None:
        assert fact is not None
        self.sent.update(dict.fromkeys(fact.data["deliveries"], outcome))


STEPS = [name for name in vars(History) if not name.startswith("_")]


@drawn(st.lists(st.sampled_from(STEPS), min_size=20, max_size=40))
def test_nothing_is_sent_twice_by_itself_nor_against_what_was_chosen_last(
    steps: list[str],
) -> None:
    history = History()
    for step in steps:
        with suppress(Problem):
            getattr(history, step)()
    assert all(
        delivery["attempts"] <= 1 + len(timing.RETRIES)
        for delivery in history.stage.all()
    )

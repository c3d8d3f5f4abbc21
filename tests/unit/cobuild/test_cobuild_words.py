"""What is written of a need can be deleted at any time: by who wrote it, and by whom it was written for."""

from services.cobuild.rules import closing, commitments, needs, words
from services.cobuild.service import Cobuild
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.examples import people
from tests.given import asked, example_of, given_from, refused
from tests.unit.cobuild.stage import (
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    STRANGER,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
    take,
)

DELETE = examples.COMMANDS["delete_need_words"]
WROTE = (
    RAISED,
    example_of(examples, "resident_asked.v1"),
    example_of(examples, "resident_answered.v1"),
    VERIFIED,
    example_of(examples, "need_claimed.v1"),
    example_of(examples, "need_fulfilled.v1"),
    example_of(examples, "need_confirmed.v1"),
    example_of(examples, "need_disputed.v1"),
)


def written(docs: Overlay) -> list[str]:
    return [one["note"] for one in docs.the("needs", "N1")["written"]]


def test_all_that_a_resident_wrote_of_a_need_is_deleted_at_once() -> None:
    docs = stage(*UNIT, OFFERED, *WROTE)
    fact = take(docs, words.delete_words(docs, DELETE, RESIDENT))
    assert fact.data["notes"] == list(fact.erases) == ["N1", "N3", "N5", "N7"]
    assert not fact.notes
    assert examples.WORDS not in str(fact.data)
    assert written(docs) == ["N2", "N4"], (
        "the worker's question and the unit's report are theirs"
    )
    assert docs.the("needs", "N1")["notes"] == {"question": "N2"}
    with refused("no_words"):
        words.delete_words(docs, DELETE, RESIDENT)


def test_whom_a_worker_wrote_for_deletes_it_too_and_so_does_the_worker() -> None:
    raised = example_of(examples, "need_raised.v1", by="P6", beneficiary="P9")
    for who in (WORKER, asked(("resident", "*"), id="P9")):
        assert words.delete_words(stage(raised), DELETE, who).erases == ("N1",)


def test_everybody_deletes_their_own_words_alone() -> None:
    docs = stage(*UNIT, OFFERED, *WROTE)
    assert words.delete_words(docs, DELETE, WORKER).erases == ("N2",)
    assert words.delete_words(docs, DELETE, LIAISON).erases == ("N4",)
    with refused("no_words"):
        words.delete_words(docs, DELETE, asked(("street_admin", "510108015"), id="P4"))


def test_nobody_else_deletes_anything_or_hears_of_it() -> None:
    with refused("not_yours", Forbidden):
        words.delete_words(stage(*UNIT, OFFERED, *WROTE), DELETE, STRANGER)
    with refused("not_found", Unknown):
        words.delete_words(stage(RAISED), DELETE, STRANGER)


def test_words_written_after_some_were_deleted_can_be_deleted_again() -> None:
    docs = stage(*UNIT, OFFERED, *WROTE[:-1])
    take(docs, words.delete_words(docs, DELETE, RESIDENT))
    take(docs, closing.dispute_need(docs, examples.COMMANDS["dispute_need"], RESIDENT))
    assert words.delete_words(docs, DELETE, RESIDENT).data["notes"] == [RESIDENT.new_id]


def test_a_need_goes_on_without_its_words() -> None:
    docs = stage(*UNIT, RAISED)
    take(docs, words.delete_words(docs, DELETE, RESIDENT))
    take(docs, needs.verify_need(docs, examples.COMMANDS["verify_need"], WORKER))
    claim = {"need": "N1", "unit": "U1", "due": examples.DUE}
    assert commitments.claim_need(docs, claim, LIAISON).type == "need_claimed.v1"


FOR_ANOTHER = example_of(examples, "need_raised.v1", by="P6", beneficiary="P9")
DONE = (
    VERIFIED,
    example_of(examples, "need_claimed.v1"),
    example_of(examples, "need_fulfilled.v1"),
)


def by_the_worker(*facts: Fact, told: tuple[str, ...]) -> list[Fact]:
    """What a worker writes down, having called on whose need it is."""
    rules = {
        "appeal_need": needs.appeal_need,
        "answer_need": needs.answer_need,
        "ask_resident": needs.ask_resident,
        "confirm_need": closing.confirm_need,
        "dispute_need": closing.dispute_need,
    }
    docs = stage(*UNIT, OFFERED, FOR_ANOTHER, *facts)
    said = examples.COMMANDS
    return [
        rules[name](docs, {"words": "电线老化"} | said[name], WORKER) for name in told
    ]


def test_what_a_worker_writes_down_for_somebody_is_theirs_and_goes_with_them() -> None:
    asked_about = example_of(examples, "resident_asked.v1")
    rejected = example_of(examples, "need_rejected.v1")
    said = [
        *by_the_worker(asked_about, told=("answer_need",)),
        *by_the_worker(rejected, told=("appeal_need",)),
        *by_the_worker(*DONE, told=("confirm_need", "dispute_need")),
    ]
    assert {(fact.of, bool(fact.notes)) for fact in said} == {("P9", True)}
    [question] = by_the_worker(told=("ask_resident",))
    assert question.of == "", "the worker's own"


def test_what_is_raised_for_somebody_is_theirs_as_well() -> None:
    docs = stage(*UNIT)
    raised = examples.COMMANDS["raise_need"] | {"beneficiary": "P9"}
    given_from(
        docs,
        Cobuild,
        "people",
        example_of(
            people, "person_recorded.v1", person="P9", community=examples.COMMUNITY
        ),
    )
    assert needs.raise_need(docs, raised, WORKER).of == "P9"
    assert needs.raise_need(docs, examples.COMMANDS["raise_need"], WORKER).of == ""


def test_nothing_is_kept_under_the_key_of_who_is_erased() -> None:
    """It would never be dropped."""
    docs = stage(*UNIT, OFFERED, FOR_ANOTHER, *DONE)
    recorded, erased = (
        example_of(people, type, person="P9")
        for type in ("person_recorded.v1", "person_erased.v1")
    )
    given_from(docs, Cobuild, "people", recorded, erased)
    assert (
        closing.dispute_need(docs, examples.COMMANDS["dispute_need"], WORKER).of == ""
    )

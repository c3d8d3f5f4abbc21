"""What is written of a need can be deleted at any time: by who wrote it, and by whom it was written for."""

from services.cobuild.rules import closing, commitments, needs, words
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import asked, example_of, refused
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

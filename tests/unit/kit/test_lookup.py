"""What is named is found and admitted in one step: who asks is looked at before the thing."""

import pytest

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Problem, Unknown
from services.kit.lifecycle import LifeCycle
from services.kit.lookup import Kind, kind_of
from services.kit.views import Nothing, Overlay, Reads
from tests.given import asked, refused

LETTER = LifeCycle("letter", "信件", {"sealed": "未拆", "opened": "已拆"}, {})
LETTERS = kind_of(LETTER, "letters")


def writes(docs: Reads, letter: Json, asked: Asked) -> bool:
    return bool(letter["by"] == asked.actor.id)


def receives(docs: Reads, letter: Json, asked: Asked) -> bool:
    return bool(letter["to"] == asked.actor.id)


def given_letters() -> Overlay:
    docs = Overlay(Nothing())
    for state in LETTER.texts:
        docs.put("letters", {"id": state, "state": state, "by": "lin", "to": "wang"})
    return docs


def answer(id: str, who: str) -> tuple[type[Problem], str, str, str]:
    """What `who`, who would answer a letter, hears: without the id, which they said themselves."""
    with pytest.raises(Problem) as caught:
        LETTERS.admitted(given_letters(), id, asked(id=who), may=receives, sees=writes)
    problem = caught.value
    return (
        type(problem),
        problem.code,
        problem.title.replace(id, "…"),
        problem.errors[0]["path"] if problem.errors else "",
    )


def test_a_kind_is_named_as_its_life_cycle_names_it() -> None:
    assert Kind("letters", "letter", "信件") == LETTERS


def test_who_may_act_is_given_the_document_even_where_only_others_are_said_to_see_it() -> (
    None
):
    letter = LETTERS.admitted(
        given_letters(), "sealed", asked(id="wang"), may=receives, sees=writes
    )
    assert letter["id"] == "sealed"


def test_what_is_hidden_is_answered_like_what_does_not_exist_whatever_its_state() -> (
    None
):
    answers = {answer(id, "zhao") for id in ("sealed", "opened", "lost")}
    assert answers == {(Unknown, "not_found", "没有这个信件", "letter")}


def test_what_is_seen_and_not_theirs_to_act_on_is_refused_in_one_sentence_whatever_its_state() -> (
    None
):
    answers = {answer(id, "lin") for id in ("sealed", "opened")}
    assert answers == {(Forbidden, "not_yours", "这项信件不由您办理", "")}


def test_a_question_finds_what_the_actor_sees_and_nothing_else() -> None:
    docs = given_letters()
    assert LETTERS.found(docs, "opened", asked(id="lin"), sees=writes)["id"] == "opened"
    with refused("not_found", Unknown, "没有这个信件"):
        LETTERS.found(docs, "opened", asked(id="wang"), sees=writes)


def test_a_refusal_says_its_own_words_and_names_its_own_field_where_it_has_some() -> (
    None
):
    with refused("not_your_letter", Forbidden, "信不是写给您的"):
        LETTERS.admitted(
            given_letters(),
            "sealed",
            asked(id="lin"),
            may=receives,
            code="not_your_letter",
            says="信不是写给您的",
        )
    with pytest.raises(Unknown) as caught:
        LETTERS.found(given_letters(), "lost", asked(), path="reply_to")
    assert caught.value.errors[0]["path"] == "reply_to"

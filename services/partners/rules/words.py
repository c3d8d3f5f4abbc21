"""What an applicant wrote: notes that can be erased, until the street that approves the partner releases them."""

from dataclasses import replace

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.log import Fact

WORDS = ("name", "contact_role")


def with_words_noted(fact: Fact, asked: Asked, before: Json | None = None) -> Fact:
    """The fact with its words as notes; those the partner had `before` are erased."""
    notes = {word: f"{asked.new_id}.{word}" for word in WORDS}
    said = {name: value for name, value in fact.data.items() if name not in WORDS}
    texts = {notes[word]: fact.data[word] for word in WORDS}
    return replace(
        erasing(fact, before or {}), data={**said, "notes": notes}, notes=texts
    )


def erasing(fact: Fact, partner: Json) -> Fact:
    return replace(fact, erases=tuple(partner.get("notes", {}).values()))


def words_of(partner: Json, asked: Asked) -> Json:
    """As released, or as they stand in the notes; without those that were erased."""
    noted = {
        word: asked.note(id)
        for word, id in partner.get("notes", {}).items()
        if word in WORDS
    }
    return {
        word: text for word in WORDS if (text := partner.get(word) or noted.get(word))
    }


def name_of(partner: Json, asked: Asked) -> str:
    return str(words_of(partner, asked).get("name", ""))


def appeal_of(partner: Json, asked: Asked) -> Json:
    """`{appeal}`, the words of the appeal; nothing when there was none, or they were erased."""
    note = partner.get("notes", {}).get("appeal")
    words = asked.note(note) if note else ""
    return {"appeal": words} if words else {}

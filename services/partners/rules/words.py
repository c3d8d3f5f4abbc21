"""What an applicant wrote: notes that can be erased, until the street that approves the partner releases them."""

from dataclasses import replace

from schemas.documents import Json, if_any, pick_present, without
from services.kit.entrypoints import Asked
from services.kit.log import Fact

WORDS = ("name", "contact_role")


def with_words_noted(fact: Fact, asked: Asked, before: Json | None = None) -> Fact:
    """The fact with its words as notes; those the partner had `before` are erased."""
    ids, texts = {}, {}
    for word in WORDS:
        note = f"{asked.new_id}.{word}"
        ids[word] = note
        texts[note] = fact.data[word]
    content = without(fact.data, *WORDS) | {"notes": ids}
    erases = noted_in(before or {})
    return replace(fact, data=content, notes=texts, erases=erases)


def noted_in(partner: Json) -> tuple[str, ...]:
    """The ids of all its notes."""
    return tuple(partner.get("notes", {}).values())


def words_of(partner: Json, asked: Asked) -> Json:
    """As released, or as they stand in the notes; without those that were erased."""
    notes = pick_present(partner.get("notes", {}), *WORDS)
    words = {word: asked.note(note) for word, note in notes.items()}
    words |= pick_present(partner, *WORDS)
    return if_any(**words)


def name_of(partner: Json, asked: Asked) -> str:
    """Its name as far as the applicant has not erased it, else `""`."""
    return str(words_of(partner, asked).get("name", ""))


def appeal_of(partner: Json, asked: Asked) -> Json:
    """`{appeal}`, the words of the appeal; nothing when there was none, or they were erased."""
    note = partner.get("notes", {}).get("appeal")
    return if_any(appeal=asked.note(note)) if note else {}

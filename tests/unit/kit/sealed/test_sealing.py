"""What people wrote is sealed under a key of theirs: it opens nowhere else, and not at all once that key is gone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from services.kit.config import Settings
from services.kit.config.values import BadSetting
from services.kit.errors import Unavailable
from services.kit.sealed.master_keys import master_keys, new_master_key
from services.kit.sealed.notes import Note, Notes
from services.kit.store import Store, open_store

WORDS = "请打电话给我"
NOTE = Note("N1", "R1", "R2", WORDS, "E1", "salt")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings.store, "letters", ())
    yield store
    store.close()


@pytest.fixture
def notes(settings: Settings, store: Store) -> Notes:
    return Notes("letters", store.keep, settings.master_keys)


def rotate(settings: Settings) -> None:
    path = settings.keys / "master.key"
    path.write_bytes(path.read_bytes() + new_master_key())


def test_a_note_is_read_as_it_was_written_and_kept_in_no_word_of_it(
    notes: Notes,
) -> None:
    notes.put(NOTE)
    assert notes.get("N1") == NOTE
    assert notes.text("N1") == WORDS
    assert WORDS not in str(notes.kept())
    assert notes.get("N2") is None
    assert notes.text("N2") == ""


def test_the_same_words_are_never_sealed_alike(notes: Notes) -> None:
    notes.put(NOTE)
    [before] = notes.kept()
    notes.put(NOTE)
    assert notes.kept() != [before]


def test_a_note_of_a_version_before_is_read_and_sealed_when_it_is_next_written(
    notes: Notes, store: Store
) -> None:
    store.keep.put("notes", "N1", {"id": "N1", "by": "R1", "text": WORDS})
    note = notes.get("N1")
    assert note == Note("N1", "R1", "R1", WORDS)
    notes.put(note)
    assert (WORDS in str(notes.kept()), notes.get("N1")) == (False, note)


@pytest.mark.parametrize("taken_for", ["N2", "R3"])
def test_what_is_sealed_opens_under_no_other_note_or_subject(
    notes: Notes, store: Store, taken_for: str
) -> None:
    notes.put(NOTE)
    notes.put(replace(NOTE, id="N3", of="R3"))
    [first, third] = notes.kept()
    other = {"id": "N2"} if taken_for == "N2" else {"of": "R3", "key": third["key"]}
    store.keep.put("notes", "N2", first | other)
    with pytest.raises(InvalidTag):
        notes.text("N2")


def test_nor_in_another_service(notes: Notes, store: Store, settings: Settings) -> None:
    notes.put(NOTE)
    with pytest.raises(InvalidTag):
        Notes("others", store.keep, settings.master_keys).text("N1")


def test_an_erased_persons_notes_are_gone_and_no_copy_of_them_opens(
    notes: Notes,
) -> None:
    notes.put(NOTE)
    notes.put(replace(NOTE, id="N2", of="R1"))
    copy, other = notes.kept()
    notes.erase("R2")
    notes.erase("R2")
    assert notes.kept() == [other]
    notes.bring_back(copy)
    assert notes.text("N1") == ""
    notes.put(replace(NOTE, id="N3"))
    assert (notes.text("N1"), notes.text("N3"), notes.text("N2")) == ("", WORDS, WORDS)


def test_a_new_master_key_wraps_what_is_made_from_now_on_and_opens_need_the_old(
    notes: Notes, settings: Settings, store: Store
) -> None:
    notes.put(NOTE)
    rotate(settings)
    again = Notes("letters", store.keep, settings.master_keys)
    again.put(replace(NOTE, id="N2", of="R3"))
    kids = list(settings.master_keys().by_kid)
    assert {kept["id"]: kept["kid"] for kept in again.keys.kept()} == {
        "R2": kids[0],
        "R3": kids[1],
    }
    assert again.text("N1") == again.text("N2") == WORDS
    assert notes.text("N2") == WORDS, "who runs on looks again for a key it lacks"


def test_to_wrap_anew_touches_keys_and_no_note_and_lets_the_old_master_go(
    notes: Notes, settings: Settings, store: Store
) -> None:
    notes.put(NOTE)
    before = notes.kept()
    rotate(settings)
    again = Notes("letters", store.keep, settings.master_keys)
    assert (again.keys.wrap_anew(), again.keys.wrap_anew()) == (1, 0)
    assert again.kept() == before
    path = settings.keys / "master.key"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[-1])
    assert Notes("letters", store.keep, settings.master_keys).text("N1") == WORDS


def test_without_its_master_key_it_is_told_which_is_missing(
    notes: Notes, settings: Settings, store: Store
) -> None:
    notes.put(NOTE)
    kid = settings.master_keys().newest
    (settings.keys / "master.key").write_bytes(new_master_key())
    with pytest.raises(Unavailable, match=kid):
        Notes("letters", store.keep, settings.master_keys).text("N1")


@pytest.mark.parametrize(
    "file",
    [b"", b"a1", b"a1 xyz\n", b"a1 00\n", b"a1 " + b"00" * 32 + b"\n" * 2, b"\xff"],
)
def test_a_file_that_holds_no_master_keys_is_said_to(
    settings: Settings, file: bytes
) -> None:
    settings.keys.mkdir()
    (settings.keys / "master.key").write_bytes(file)
    with pytest.raises(BadSetting, match=r"master\.key"):
        settings.master_keys()


def test_two_keys_with_one_kid_are_none(settings: Settings) -> None:
    with pytest.raises(ValueError, match="two with one kid"):
        master_keys(new_master_key() * 2)

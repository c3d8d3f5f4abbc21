"""The lines of a backup that have no sums: one that cannot be used again is named before anything is done."""

import json
from pathlib import Path
from typing import Any

import pytest

from services.kit.errors import Refused
from services.xfh.commands.kept_lines import OF_DATA_KEYS, OF_NOTES, docs_in

CIPHER = "54tgWjRKJzA9RfA5XULE0hwzh8Hfv8EMlIWgM6Y3y47rYYOtcGqRhaeYfjqoTg=="
OLD = {"id": "n", "by": "R", "text": "旧版本写的"}
NOTE = {**OLD, "of": "R", "text": "", "event": "E", "salt": "s", "key": "k", "sealed": CIPHER}  # fmt: skip
KEY = {"id": "R", "key": "k", "kid": "m", "wrapped": CIPHER}
KINDS = [(OLD, OF_NOTES), (NOTE, OF_NOTES), (KEY, OF_DATA_KEYS)]


def read(folder: Path, doc: Any, needs: tuple[str, ...]) -> Any:
    path = folder / "lines.jsonl"
    path.write_text(f"\n{json.dumps(doc)}\r\n")
    return list(docs_in(path, *needs))


@pytest.mark.parametrize(("doc", "needs"), KINDS)
def test_a_whole_line_is_read(
    tmp_path: Path, doc: dict[str, str], needs: tuple[str, ...]
) -> None:
    assert read(tmp_path, doc, needs) == [doc]


@pytest.mark.parametrize(("doc", "needs"), KINDS)
@pytest.mark.parametrize("value", [..., None, 3, [], {}, True], ids=str)
def test_one_that_lacks_something_or_says_no_text_is_named(
    tmp_path: Path, doc: dict[str, str], needs: tuple[str, ...], value: Any
) -> None:
    for name in doc:
        changed: dict[str, Any] = {**doc, name: value}
        if value is ... and name in ("event", "salt", "sealed"):
            continue
        if value is ...:
            del changed[name]
        with pytest.raises(Refused, match="第 2 行不完整"):
            read(tmp_path, changed, needs)


@pytest.mark.parametrize(
    "cipher", ["", "x", CIPHER[:36], CIPHER[:-1], f"{CIPHER}x", "é" * 40]
)
def test_what_no_key_can_ever_open_is_not_whole(tmp_path: Path, cipher: str) -> None:
    for doc, name, needs in ((NOTE, "sealed", OF_NOTES), (KEY, "wrapped", OF_DATA_KEYS)):  # fmt: skip
        with pytest.raises(Refused, match="第 2 行不完整"):
            read(tmp_path, {**doc, name: cipher}, needs)
        assert read(tmp_path, {**doc, name: CIPHER[:38] + "=="}, needs)


def test_what_has_no_name_is_not_whole(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="第 2 行不完整"):
        read(tmp_path, {**OLD, "id": ""}, OF_NOTES)


def test_a_folder_in_its_place_is_not_passed_over(tmp_path: Path) -> None:
    assert list(docs_in(tmp_path / "nothing", *OF_NOTES)) == []
    with pytest.raises(IsADirectoryError):
        list(docs_in(tmp_path, *OF_NOTES))

"""A backup's manifest: whatever is wrong with it is a sentence that names it, before anything is done."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.kit.errors import Refused
from services.xfh.commands.manifest import read_manifest, sum_of

Hand = Callable[[Any], object]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Of two services."""
    sums = {}
    for name, lines in (("branches", "1\n2\n3\n"), ("activities", "1\n")):
        path = tmp_path / "logs" / f"{name}.jsonl"
        path.parent.mkdir(exist_ok=True)
        path.write_text(lines)
        sums[f"logs/{name}.jsonl"] = sum_of(path)
    (tmp_path / "keys").mkdir()
    rewrite(
        tmp_path,
        {
            "format": 2,
            "made_at": "2026-06-13T09:00:00.000Z",
            "heads": {"branches": 3, "activities": 1},
            "done": {"branches": {}, "activities": {"branches": 3}},
            "sums": sums,
        },
    )
    return tmp_path


def rewrite(backup: Path, manifest: Any) -> None:
    (backup / "manifest.json").write_text(json.dumps(manifest))


def complaint(backup: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_manifest(backup)
    assert caught.value.code == "no_backup"
    return caught.value.title


def test_a_whole_one_is_read_also_after_an_editor_marked_it(backup: Path) -> None:
    manifest = read_manifest(backup)
    assert manifest.heads == {"branches": 3, "activities": 1}
    text = (backup / "manifest.json").read_text()
    (backup / "manifest.json").write_text(text, encoding="utf-8-sig")
    assert read_manifest(backup) == manifest


@pytest.mark.parametrize(
    "content",
    [
        b"", b"half a", b"NaN", bytes(range(256)), b"[" * 100_000,
        "{}".encode("utf-16"), b'{"made_at": "\\ud800"}', b"9" * 5000,
    ],
    ids=["empty", "cut", "nan", "binary", "deep", "utf16", "surrogate", "long"],
)  # fmt: skip
def test_what_is_no_json_is_said_to_be_none(backup: Path, content: bytes) -> None:
    (backup / "manifest.json").write_bytes(content)
    assert f"{backup / 'manifest.json'} 已损坏" in complaint(backup)


@pytest.mark.parametrize("content", [None, [], "2", 3, {}])
def test_what_is_no_manifest_is_damaged(backup: Path, content: Any) -> None:
    rewrite(backup, content)
    assert f"{backup / 'manifest.json'} 已损坏" in complaint(backup)


@pytest.mark.parametrize("field", ["format", "made_at", "heads", "done", "sums"])
@pytest.mark.parametrize(
    "value",
    [..., None, [], "x", 1.5, True, {"branches": None}, {"branches": "x"}, -1],
    ids=str,
)
def test_a_field_that_is_missing_or_of_another_kind_is_named(
    backup: Path, field: str, value: Any
) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest[field] = value
    if value is ...:
        del manifest[field]
    rewrite(backup, manifest)
    says = complaint(backup)
    assert field in says or "另一种格式（-1）" in says


@pytest.mark.parametrize(
    ("hand", "named"),
    [
        (lambda m: m.update(format=3), "另一种格式（3）"),
        (lambda m: m.update(more=1), "more"),
        (lambda m: m["heads"].update(branches=4), "heads/branches"),
        (lambda m: m["heads"].update(branches=10**30), "heads/branches"),
        (lambda m: m["heads"].pop("activities"), "heads"),
        (lambda m: m["done"].pop("activities"), "done"),
        (lambda m: m["done"]["activities"].update(branches=4), "done/activities"),
        (lambda m: m["done"]["activities"].update(branches="3"), "done/activities"),
        (lambda m: m["done"]["activities"].update(lending=1), "done/activities"),
        (lambda m: m["sums"].pop("logs/branches.jsonl"), "logs/branches.jsonl"),
        (lambda m: m["sums"].update({"keys/door.key": "0" * 63}), "keys/door.key"),
        (lambda m: m["sums"].update({"keys/door.key": "0" * 64}), "keys/door.key"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_named(
    backup: Path, hand: Hand, named: str
) -> None:
    manifest = json.loads((backup / "manifest.json").read_text())
    hand(manifest)
    rewrite(backup, manifest)
    if named == "keys/door.key":
        (backup / "keys" / "token.pem").touch()
    assert named in complaint(backup)


@pytest.mark.parametrize(
    "name",
    [
        "../outside", "/etc/hostname", "logs/../../outside", "logs/..", "logs/",
        "logs", "manifest.json", "notes/branches.jsonl", "logs/a/b", "logs/\0",
        f"logs/{'x' * 5000}",
    ],
)  # fmt: skip
def test_a_name_that_leads_outside_is_none_of_a_backups_files(
    backup: Path, name: str
) -> None:
    outside = backup.parent / "outside"
    outside.touch()
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["sums"][name] = sum_of(outside)
    rewrite(backup, manifest)
    assert "不是备份里的文件" in complaint(backup)

"""Templates of sheets and of pages are found by name in one place: two of one name and one is never seen."""

import re
from collections import Counter
from pathlib import Path

import gateway

ROOM = Path(gateway.__file__).parent
FOLDERS = (ROOM / "pages", ROOM / "web" / "templates")


def test_no_two_templates_have_one_name() -> None:
    found = (
        str(path.relative_to(folder))
        for folder in FOLDERS
        for path in folder.rglob("*.html")
    )
    assert [name for name, times in Counter(found).items() if times > 1] == []


# What says who somebody is, not what they are called: said in an address or a form, never shown.
AN_ID = re.compile(r"\{\{[^}]*\b\w+\.(?:by|person|actor|id|activity|session)\s*\}\}")
IN_A_TAG = re.compile(r"<[^>]*>")


def test_no_page_shows_an_id() -> None:
    shown = [
        (path.name, found[0])
        for folder in FOLDERS
        for path in folder.rglob("*.html")
        for found in AN_ID.finditer(IN_A_TAG.sub("", path.read_text(encoding="utf-8")))
    ]
    assert shown == []

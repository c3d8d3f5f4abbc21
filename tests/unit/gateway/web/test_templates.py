"""Templates of sheets and of pages are found by name in one place: two of one name and one is never seen."""

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

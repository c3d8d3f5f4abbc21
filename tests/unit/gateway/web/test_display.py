"""How pages are shown: browser tests turn a page from mode to mode where it stands, by what is said here."""

import re
from pathlib import Path

import pytest

from gateway.web.display import Display

TEMPLATES = Path(__file__).parents[4] / "gateway" / "web" / "templates"
PAGES = sorted(TEMPLATES.glob("*.html"))
CHOICES = "display.html"
ROOT = {"classes", "schemes"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_in_another_mode_has_other_words_at_its_root_and_nothing_else(
    page: Path,
) -> None:
    """Where one chooses says what is chosen, too."""
    told = page.read_text(encoding="utf-8")
    asked = set(re.findall(r"\bdisplay\.(\w+)", told)) - {"is_english"}
    if page.name == CHOICES:
        asked -= {"theme", "size", "language"}
    assert asked == (ROOT if "<html" in told else set())


@pytest.mark.parametrize(
    ("shown", "classes", "schemes"),
    [
        (Display(), "auto s100", "light dark"),
        (Display("light", "125"), "light s125 large", "light"),
        (Display("dark", "187"), "dark s187 large", "dark"),
    ],
)
def test_the_root_says_theme_and_size_and_that_letters_are_large(
    shown: Display, classes: str, schemes: str
) -> None:
    assert (shown.classes, shown.schemes) == (classes, schemes)

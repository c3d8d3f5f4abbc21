"""How somebody wants pages shown: light or dark, how large, in which language. Kept in a cookie, applied here."""

from dataclasses import dataclass, replace

from flask import Request
from werkzeug.wrappers import Response

COOKIE = "xfh-display"
YEAR_S = 365 * 24 * 3600
THEMES = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}
LANGUAGES = {"zh": "中文", "en": "English"}
SIZES = {"100": "标准", "125": "大字", "150": "更大", "187": "最大"}


@dataclass(frozen=True, slots=True)
class Display:
    """`size` is the root's letters in percent of what the browser has; from 125 the page is the one for elders."""

    theme: str = "auto"
    size: str = "100"
    language: str = "zh"

    @property
    def is_large(self) -> bool:
        return self.size != "100"

    @property
    def is_english(self) -> bool:
        return self.language == "en"

    @property
    def classes(self) -> str:
        """Of the root of every page: what differs with theme and size, the style sheet does by these alone."""
        return f"{self.theme} s{self.size}{' large' if self.is_large else ''}"

    @property
    def schemes(self) -> str:
        """For the browser's own parts: bars to scroll by, and fields."""
        return "light dark" if self.theme == "auto" else self.theme

    def choose(self, theme: str, size: str, language: str) -> "Display":
        """With what was chosen; a word nobody offered changes nothing."""
        return replace(
            self,
            theme=theme if theme in THEMES else self.theme,
            size=size if size in SIZES else self.size,
            language=language if language in LANGUAGES else self.language,
        )


def chosen(request: Request) -> Display:
    theme, size, language, *_ = f"{request.cookies.get(COOKIE, '')}...".split(".")
    return Display().choose(theme, size, language)


def keep(display: Display, response: Response) -> None:
    said = f"{display.theme}.{display.size}.{display.language}"
    remember(response, COOKIE, said)


def remember(response: Response, cookie: str, choice: str) -> None:
    """It says nothing of who it is, so any page may read it and nobody needs to sign in for it."""
    response.set_cookie(cookie, choice, max_age=YEAR_S, samesite="Lax", httponly=True)

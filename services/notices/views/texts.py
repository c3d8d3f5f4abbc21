"""The texts of notices: templates in each language, and how times and words are said in it."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from schemas.activities.roles import HELPER
from schemas.channels import LANGUAGES
from schemas.documents import Json
from services.district.calendar import LOCAL

DAYS = ("due", "since", "until", "on")
MOST_NAMED = 2  # In the heading of a message that says several.
FOLDER = Path(__file__).parent / "templates"


def _templates(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


TEMPLATES = {language: _templates(language) for language in LANGUAGES}


def of(notice: Json, language: str) -> Json:
    """`{heading, text}`, with the reason where one was given. Raises `KeyError` for what the notice does not have."""
    template = TEMPLATES[language]["kinds"][notice["kind"]]
    words = {
        name: _said(name, value, language) for name, value in notice["words"].items()
    }
    why = (
        TEMPLATES[language]["why"]
        if "reason" in words and "${reason}" not in template["text"]
        else ""
    )
    helping = (
        TEMPLATES[language]["helping"] if notice["words"].get("role") == HELPER else ""
    )
    return {
        "heading": template["heading"] + helping,
        "text": Template(template["text"] + why).substitute(words),
    }


def as_it_is_now(notice: Json, language: str) -> Json:
    """The same as it is read now: what is done says so."""
    said = of(notice, language)
    done = TEMPLATES[language]["done"] if "done_at" in notice else ""
    return {**said, "heading": f"{done}{said['heading']}"}


def message(notices: Sequence[Json], language: str) -> Json:
    """`{heading, text}` of one message that says them all. In its heading stands what they are about, by name."""
    said = [of(notice, language) for notice in notices]
    titles = list(
        dict.fromkeys(
            _in_one_line(each["words"]["title"])
            for each in notices
            if "title" in each["words"]
        )
    )
    if len(said) == 1:
        return {**said[0], "heading": _headed(said[0]["heading"], titles, language)}
    heading = TEMPLATES[language]["digest"].format(count=len(said))
    text = "\n\n".join(f"{each['heading']}\n{each['text']}" for each in said)
    return {"heading": _headed(heading, titles, language), "text": text}


def _headed(heading: str, titles: list[str], language: str) -> str:
    said = TEMPLATES[language]
    named = str(said["between"]).join(titles[:MOST_NAMED])
    more = said["and_more"] if len(titles) > MOST_NAMED else ""
    return f"{heading}{said['about']}{named}{more}" if titles else heading


def _in_one_line(title: str) -> str:
    """A line feed would end the heading of a mail."""
    return " ".join(title.split())


def _said(name: str, value: Any, language: str) -> str:
    said = TEMPLATES[language]
    if name == "renamed":
        return str(said["renamed"]).format(title=value) if value else ""
    if name == "period":
        return _period(value, said)
    if isinstance(value, list):
        return str(said["between"]).join(_said(name, each, language) for each in value)
    if name.endswith(("_at", "_by", "_until")):
        return _moment(value, said, "moment")
    if name in DAYS:
        return _moment(f"{value}T00:00:00+08:00", said, "day")
    return str(said["words"].get(name, {}).get(value, value))


def _period(moments: list[str], said: dict[str, Any]) -> str:
    """From when to when, the day once; only from when, where no more is told."""
    days = [
        datetime.fromisoformat(moment).astimezone(LOCAL).date() for moment in moments
    ]
    forms = ["moment", "clock" if days[0] == days[-1] else "moment"]
    return str(said["to"]).join(
        _moment(moment, said, form)
        for moment, form in zip(moments, forms, strict=False)
    )


def _moment(text: str, said: dict[str, Any], form: str) -> str:
    at = datetime.fromisoformat(text).astimezone(LOCAL)
    parts = {
        name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute")
    }
    return str(said[form]).format(**parts, weekday=said["weekdays"][at.weekday()])

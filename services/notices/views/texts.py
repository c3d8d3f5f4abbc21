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
PARTS = ("year", "day", "hour", "minute")
FOLDER = Path(__file__).parent / "templates"


Texts = dict[str, Any]  # All templates and words of a language.


def _templates(language: str) -> Texts:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


TEMPLATES = {language: _templates(language) for language in LANGUAGES}


def of(notice: Json, language: str) -> Json:
    """`{heading, text}`, with the reason where one was given. Raises `KeyError` for what the notice does not have."""
    texts = TEMPLATES[language]
    words = notice["words"]
    template = texts["kinds"][notice["kind"]]
    heading = template["heading"]
    text = template["text"]
    if "reason" in words and "${reason}" not in text:
        text += texts["why"]
    if words.get("role") == HELPER:
        heading += texts["helping"]
    spoken = {name: _spoken(name, value, texts) for name, value in words.items()}
    return {"heading": heading, "text": Template(text).substitute(spoken)}


def as_it_is_now(notice: Json, language: str) -> Json:
    """The same as it is read now: what is done says so."""
    text = of(notice, language)
    if "done_at" not in notice:
        return text
    done = TEMPLATES[language]["done"]
    return text | {"heading": f"{done}{text['heading']}"}


def message(notices: Sequence[Json], language: str) -> Json:
    """`{heading, text}` of one message that says them all. In its heading stands what they are about, by name."""
    texts = TEMPLATES[language]
    spoken = [of(notice, language) for notice in notices]
    said = spoken[0] if len(spoken) == 1 else _together(spoken, texts)
    heading = _headed(said["heading"], _titles(notices), texts)
    return said | {"heading": heading}


def _together(spoken: list[Json], texts: Texts) -> Json:
    """Several as one: each with its own heading, under one that counts them."""
    parts = [f"{each['heading']}\n{each['text']}" for each in spoken]
    heading = texts["digest"].format(count=len(spoken))
    return {"heading": heading, "text": "\n\n".join(parts)}


def _titles(notices: Sequence[Json]) -> list[str]:
    """What they are about, each once."""
    titled = (notice["words"] for notice in notices if "title" in notice["words"])
    titles = (_in_one_line(words["title"]) for words in titled)
    return list(dict.fromkeys(titles))


def _headed(heading: str, titles: list[str], texts: Texts) -> str:
    if not titles:
        return heading
    named = str(texts["between"]).join(titles[:MOST_NAMED])
    more = texts["and_more"] if len(titles) > MOST_NAMED else ""
    return f"{heading}{texts['about']}{named}{more}"


def _in_one_line(title: str) -> str:
    """A line feed would end the heading of a mail."""
    return " ".join(title.split())


def _spoken(name: str, value: Any, texts: Texts) -> str:
    """A word of a notice as the language says it: moments, days, lists, and words that have one of their own."""
    if name == "renamed":
        return str(texts["renamed"]).format(title=value) if value else ""
    if name == "period":
        return _period(value, texts)
    if isinstance(value, list):
        spoken = [_spoken(name, each, texts) for each in value]
        return str(texts["between"]).join(spoken)
    if name.endswith(("_at", "_by", "_until")):
        return _moment(value, texts, "moment")
    if name in DAYS:
        return _moment(f"{value}T00:00:00+08:00", texts, "day")
    of_their_own = texts["words"].get(name, {})
    return str(of_their_own.get(value, value))


def _period(moments: list[str], texts: Texts) -> str:
    """From when to when, the day once; only from when, where no more is told."""
    begins, *ends = moments
    spoken = [_moment(begins, texts, "moment")]
    day = _local(begins).date()
    for moment in ends:
        form = "clock" if _local(moment).date() == day else "moment"
        spoken.append(_moment(moment, texts, form))
    return str(texts["to"]).join(spoken)


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(LOCAL)


def _moment(moment: str, texts: Texts, form: str) -> str:
    at = _local(moment)
    named = {"weekday": texts["weekdays"][at.weekday()]}
    named["month"] = texts["months"][at.month - 1]
    parts = {name: getattr(at, name) for name in PARTS}
    return str(texts[form]).format(**parts, **named)

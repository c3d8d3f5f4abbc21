"""The texts of notices: templates in each language, and how times and words are said in it.

Days are said as pages say them, with the year where it is not that in which the notice was told: so it reads the same
whenever it is opened. For the same reason no text says "today".
"""

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
    year = _local(notice["at"]).year
    spoken = {name: _spoken(name, value, texts, year) for name, value in words.items()}
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


def _spoken(name: str, value: Any, texts: Texts, year: int) -> str:
    """A word of a notice as the language says it: moments, days, lists, and words that have one of their own."""
    if name == "renamed":
        return str(texts["renamed"]).format(title=value) if value else ""
    if name == "period":
        return _period(value, texts, year)
    if isinstance(value, list):
        spoken = [_spoken(name, each, texts, year) for each in value]
        return str(texts["between"]).join(spoken)
    if name.endswith(("_at", "_by", "_until")):
        return _moment(value, texts, "moment", year)
    if name in DAYS:
        return _moment(f"{value}T00:00:00+08:00", texts, "day", year)
    of_their_own = texts["words"].get(name, {})
    return str(of_their_own.get(value, value))


def _period(moments: list[str], texts: Texts, year: int) -> str:
    """From when to when, the day once; only from when, where no more is told."""
    begins, *ends = moments
    spoken = [_moment(begins, texts, "moment", year)]
    day = _local(begins).date()
    for moment in ends:
        if _local(moment).date() == day:
            spoken.append(_said(moment, texts["clock"], texts))
        else:
            spoken.append(_moment(moment, texts, "moment", year))
    return str(texts["to"]).join(spoken)


def _local(moment: str) -> datetime:
    return datetime.fromisoformat(moment).astimezone(LOCAL)


def _moment(moment: str, texts: Texts, form: str, year: int) -> str:
    """A moment or a day; of another year than `year` as that is said."""
    is_of_another = _local(moment).year != year
    return _said(
        moment, texts["of_another_year" if is_of_another else "near"][form], texts
    )


def _said(moment: str, form: str, texts: Texts) -> str:
    at = _local(moment)
    named = {"weekday": texts["weekdays"][at.weekday()]}
    named["month"] = texts["months"][at.month - 1]
    parts = {name: getattr(at, name) for name in PARTS}
    return form.format(**parts, **named)

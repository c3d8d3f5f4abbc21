"""The texts of notices: templates in each language, and how times and words are said in it."""

import tomllib
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from schemas.channels import LANGUAGES
from services.kit.calendar import LOCAL
from services.kit.log import Data
from services.kit.views import Doc

FOLDER = Path(__file__).parent / "templates"


def _templates(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


TEMPLATES = {language: _templates(language) for language in LANGUAGES}


def of(notice: Doc, language: str) -> Data:
    """`{heading, text}`. Raises `KeyError` when the template names what the notice does not have."""
    template = TEMPLATES[language]["kinds"][notice["kind"]]
    words = {name: _said(name, value, language) for name, value in notice["words"].items()}
    return {"heading": template["heading"], "text": Template(template["text"]).substitute(words)}


def together(said: list[Data], language: str) -> Data:
    """`{heading, text}` of one message that says several."""
    if len(said) == 1:
        return said[0]
    heading = TEMPLATES[language]["digest"].format(count=len(said))
    return {"heading": heading, "text": "\n\n".join(f"{each['heading']}\n{each['text']}" for each in said)}


def _said(name: str, value: Any, language: str) -> str:
    said = TEMPLATES[language]
    if isinstance(value, list):
        return str(said["between"]).join(_said(name, each, language) for each in value)
    if name.endswith(("_at", "_by", "_until")):
        return _moment(value, said["moment"])
    return str(said["words"].get(name, {}).get(value, value))


def _moment(text: str, form: str) -> str:
    at = datetime.fromisoformat(text).astimezone(LOCAL)
    return form.format(month=at.month, day=at.day, hour=at.hour, minute=at.minute, year=at.year)

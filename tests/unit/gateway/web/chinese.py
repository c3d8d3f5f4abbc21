"""What the sources say in Chinese to readers of pages: fields of forms and of facts, words and refusals of services."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import marshmallow as ma

import gateway
from gateway.api import TABLES
from gateway.api.waiting import TITLES
from gateway.edge.errors import called
from gateway.pages.docs.roles import NAMES
from gateway.web import drawing
from gateway.web.commands import has_a_page
from gateway.web.english.catalogue import CHINESE
from gateway.web.page import Button, Form
from gateway.web.serve import PAGES
from schemas import fields
from schemas.exchange import wanted

ROOT = Path(gateway.__file__).parent.parent
ROOMS = ("schemas", "services", "gateway")
# What whoever runs the platform is told by commands and when it starts, days, which are said in English by rule, and
# the report that a session is closed with, which is Chinese.
APART = (
    "gateway/edge/home.py",
    "gateway/signin/providers/known.py",
    "gateway/web/english/",
    "services/activities/views/closing.py",
    "services/district/calendar.py",
    "services/kit/channels.py",
    "services/kit/config/",
    "services/kit/engine/another_log.py",
    "services/kit/engine/archive.py",
    "services/kit/engine/cut.py",
    "services/kit/engine/rebuild.py",
    "services/kit/engine/whole.py",
    "services/kit/seals/",
    "services/kit/ways/",
    "services/xfh/",
)
# What describes the API, stands in files or is read in them. What is refused there is shown on pages as well.
FOR_PROGRAMS = (
    "gateway/api/",
    "gateway/files/",
    "gateway/pages/docs/",
    "schemas/exchange/as_written.py",
    "schemas/exchange/moments.py",
    "schemas/exchange/weekly.py",
)
# Where a text is no message: a pattern, an example, an address to look at.
NO_MESSAGES = {"compile", "example", "examples", "escape"}
# Parts of texts, which are taken off them or put into them.
PARTS = {"一二三四五六日", "一二三四五六七八九十", "年月日", "的人员编号", "代码"}
# To be written into a table, which is Chinese.
EXAMPLES = set(wanted.EXAMPLES.values())


def of_fields() -> set[str]:
    """Labels, hints and choices, and what commands, services and roles are called."""
    said = {one for schema in _schemas() for one in _of(schema)}
    routes = (route for table in TABLES for route in table.routes)
    summaries = {route.summary for route in routes if has_a_page(route)}
    said |= summaries | {re.split("[，：]", one)[0] for one in summaries}
    said |= {*TITLES.values(), *NAMES.values()}
    return {one for one in said if CHINESE.search(one)}


@cache
def _schemas() -> list[ma.Schema]:
    routes = [route for table in TABLES for route in table.routes]
    seen = {route.shows for route in routes if route.method == "GET"}
    said = {route.schema for route in routes if route.method != "GET"}
    sent = {row.schema for row in PAGES if isinstance(row, Form | Button)}
    return [schema() for schema in seen | said | sent]


def _of(schema: ma.Schema) -> Iterator[str]:
    for field in schema.fields.values():
        inner = getattr(field, "inner", field)
        if isinstance(inner, ma.fields.Nested):
            yield from _of(inner.schema)
        yield from _of_field(field)


def _of_field(field: Any) -> Iterator[str]:
    yield drawing.label_of(field)
    yield called(field)  # Beside what is refused.
    words = getattr(field, "inner", field)
    if isinstance(words, fields.OneOf):
        yield from words.said.values()
    if drawing.is_askable(field):
        yield drawing.label_of(field).removesuffix("编号")  # Of what is picked.
        [drawn] = drawing.drawn(ma.Schema.from_dict({"one": field})(), "one")
        yield from (drawn.label, drawn.hint, *(said for _, said in drawn.choices))


def of_sources() -> Iterator[tuple[str, str]]:
    """(where, message): each text there is, with numbers for what stands in it."""
    apart = (
        PARTS
        | EXAMPLES
        | {one for schema in _schemas() for one in _descriptions(schema)}
    )
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            where = str(path.relative_to(ROOT))
            for part in _parts(where, ast.parse(path.read_text(encoding="utf-8"))):
                for text in _texts(part):
                    if CHINESE.search(text) and text not in apart:
                        yield where, _numbered(text).strip(" \n，。；：、")


def _parts(where: str, module: ast.Module) -> Iterator[ast.AST]:
    """Of a module what may be shown on pages."""
    if where.startswith(FOR_PROGRAMS):
        yield from filter(_refuses, ast.walk(module))
    elif not where.startswith(APART):
        yield module


def _refuses(node: ast.AST) -> bool:
    """A function that raises: what it says may stand in a variable before."""
    is_function = isinstance(node, ast.FunctionDef)
    return is_function and any(isinstance(one, ast.Raise) for one in ast.walk(node))


def _descriptions(schema: ma.Schema) -> Iterator[str]:
    """What the API is described with; pages say it in parts, as label and hint."""
    for field in schema.fields.values():
        yield str(field.metadata.get("description", ""))
        inner = getattr(field, "inner", field)
        if isinstance(inner, ma.fields.Nested):
            yield from _descriptions(inner.schema)


def _numbered(text: str) -> str:
    """What `str.format` is to fill in, as the catalogue has it."""
    numbers = count(1)
    return re.sub(r"\{\}", lambda _: f"{{{next(numbers)}}}", text)


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield _with_slots(node)
    elif not _is_no_message(node):
        for inner in ast.iter_child_nodes(node):
            yield from _texts(inner)


def _is_no_message(node: ast.AST) -> bool:
    """A docstring, a description, or what is called a pattern."""
    if isinstance(node, ast.Dict):
        return any(getattr(key, "value", "") == "description" for key in node.keys)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    name = getattr(called, "attr", getattr(called, "id", ""))
    return name in NO_MESSAGES


def _with_slots(node: ast.JoinedStr) -> str:
    numbers = count(1)
    parts = (
        part.value if isinstance(part, ast.Constant) else f"{{{next(numbers)}}}"
        for part in node.values
    )
    return "".join(map(str, parts))

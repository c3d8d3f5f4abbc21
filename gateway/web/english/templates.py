"""What templates say, in English: what stands between two tags, or in an attribute, each `{{ … }}` a number in it.

What a form sends stays as it is: its values, and what somebody has filled in.
"""

import re
from collections.abc import Iterator

from jinja2 import Environment, nodes
from jinja2.ext import Extension

from gateway.web.english.catalogue import (
    CHINESE,
    FORMS,
    SLOT,
    catalogue,
    filled,
    form_for,
)
from gateway.web.english.saying import MARKS, said

STATEMENT = re.compile(r"(\{%.*?%\}|\{#.*?#\})", re.DOTALL)
MESSAGE = re.compile(r'(?:\{\{(?:(?!\}\}).)*\}\}|[^<>{}"\n])+')
EXPRESSION = re.compile(r"\{\{(?:(?!\}\}).)*\}\}")
SENT = re.compile(
    r'(?P<before>\bvalue="|<textarea[^>]*>)'
    r'(?:\{\{(?P<value>(?:(?!\}\}).)*)\}\}|(?P<fixed>[^"{<]+))'
    r'(?P<after>"|</textarea>)'
)
CHINESE_MARKS = str.maketrans(MARKS)


def messages(source: str) -> Iterator[str]:
    """Those of a template."""
    for part in STATEMENT.split(source)[::2]:
        for found in MESSAGE.findall(part):
            message = _numbered(found.strip())
            if CHINESE.search(SLOT.sub("", message)):
                yield message


def words(env: Environment, source: str) -> Iterator[str]:
    """What expressions and statements of a template say."""
    for one in _words(env.parse(source)):
        if CHINESE.search(one):
            yield one


def _words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.Concat):
        yield _joined(node)
    else:
        for inner in node.iter_child_nodes():
            yield from _words(inner)


def _joined(node: nodes.Concat) -> str:
    """Several that are said as one, with numbers for what is not known before."""
    numbers = iter(range(1, len(node.nodes) + 1))
    parts = (
        str(one.value) if isinstance(one, nodes.Const) else f"{{{next(numbers)}}}"
        for one in node.nodes
    )
    return "".join(parts)


def _numbered(text: str) -> str:
    numbers = iter(range(1, len(text)))
    return EXPRESSION.sub(lambda _: f"{{{next(numbers)}}}", text)


class InEnglish(Extension):
    """Puts a template's messages into English before it is compiled."""

    def preprocess(
        self, source: str, name: str | None, filename: str | None = None
    ) -> str:
        parts = STATEMENT.split(SENT.sub(_as_it_is, source))
        parts[::2] = [MESSAGE.sub(_translated, part) for part in parts[::2]]
        return "".join(parts)


def _as_it_is(found: re.Match[str]) -> str:
    """Marked up, which `said` leaves alone."""
    value = found["value"] or f"'{found['fixed']}'"
    return f"{found['before']}{{{{ ({value}) | e }}}}{found['after']}"


def _translated(found: re.Match[str]) -> str:
    text = found[0]
    inner = text.strip()
    english = catalogue().get(_numbered(inner))
    if english is None:
        return _punctuated(text)
    expressions = EXPRESSION.findall(inner)
    return text.replace(inner, filled(_counting(english, expressions), expressions))


def _counting(english: str, expressions: list[str]) -> str:
    """With an expression for what depends on a number that is not known before the page is drawn."""

    def form(found: re.Match[str]) -> str:
        number = expressions[int(found[1]) - 1][2:-2]
        return f"{{{{ form_for({number}, {found[2]!r}, {found[3]!r}) }}}}"

    return FORMS.sub(form, english)


def _punctuated(text: str) -> str:
    """What is left between two messages: Chinese marks as English ones. What stands in an expression stays."""
    words = EXPRESSION.split(text)
    if any(map(CHINESE.search, words)):
        return text
    expressions = [*EXPRESSION.findall(text), ""]
    pairs = zip(words, expressions, strict=True)
    return "".join(word.translate(CHINESE_MARKS) + one for word, one in pairs)


def english(env: Environment) -> Environment:
    """The same templates, in English."""
    known = env.overlay(extensions=[InEnglish], finalize=said)
    known.globals = {**env.globals, form_for.__name__: form_for}
    return known

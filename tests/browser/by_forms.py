"""Somebody whose browser runs no scripts and whose network fails in the middle: links and forms are all there is.

Each form is sent twice, as who loads a page again of which no answer came: what it did is done, and done once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from tests.browser.by_hand import begins
from tests.clocks import HUNG_S

ENDLESS = {"input", "meta", "link", "br", "hr", "img"}
UNSENT = {"submit", "button", "file", "image"}


@dataclass
class Part:
    """An element of a page, with what is in it in order."""

    tag: str
    about: dict[str, str]
    within: "Part | None" = None
    inside: list["Part | str"] = field(default_factory=list)

    def shown(self) -> Iterator["Part | str"]:
        """Not what only scripts unhide, nor what is folded away."""
        is_folded = self.tag == "details" and "open" not in self.about
        for part in self.inside:
            is_summary = isinstance(part, Part) and part.tag == "summary"
            is_hidden = isinstance(part, Part) and "hidden" in part.about
            if not is_hidden and (is_summary or not is_folded):
                yield part

    def all(self, *tags: str) -> Iterator["Part"]:
        """Those that are shown, of these tags."""
        for part in self.shown():
            if isinstance(part, Part):
                if part.tag in tags:
                    yield part
                yield from part.all(*tags)

    @property
    def text(self) -> str:
        parts = (one if isinstance(one, str) else one.text for one in self.shown())
        return "".join(parts)

    @property
    def name(self) -> str:
        return " ".join((self.about.get("aria-label") or self.text).split())

    def up(self, tag: str) -> "Part":
        part: Part | None = self
        while part is not None and part.tag != tag:
            part = part.within
        assert part is not None, f"{self.name} is in no {tag}"
        return part


class Read(HTMLParser):
    """`page` is what was fed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.page = self.at = Part("page", {})
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        part = Part(tag, about, self.at)
        self.at.inside.append(part)
        if tag not in ENDLESS:
            self.at = part

    def handle_endtag(self, tag: str) -> None:
        self.at = self.at.up(tag).within or self.page

    def handle_data(self, data: str) -> None:
        self.at.inside.append(data)


class Plain:
    """`taps` are those so far, as of a hand."""

    def __init__(self, token: str, address: str):
        bears = {"Authorization": f"Bearer {token}"} if token else {}
        self._headers = bears | {"Sec-Fetch-Site": "same-origin"}
        self._browser = build_opener(HTTPCookieProcessor())
        self.taps = 0
        self.page = self._load(address)

    def tap(self, words: str, role: str = "link", on: str = "") -> None:
        where = self._card(on) if on else self.page
        if role == "link":
            self._go(_first(where, words, "a"))
        else:
            self._send(_first(where, words, "button"))

    def follow(self, address: str) -> None:
        (main,) = self.page.all("main")
        links = main.all("a")
        self._go(next(one for one in links if address in one.about["href"]))

    def open(self, words: str) -> None:
        self.taps += 1
        found = next(one for one in self.page.all("summary") if words in one.name)
        found.up("details").about["open"] = ""

    def tick(self, words: str) -> None:
        self.taps += 1
        box = self._labelled(words)
        if box.about["type"] == "radio":
            others = box.up("form").all("input")
            for one in others:
                if one.about.get("name") == box.about["name"]:
                    one.about.pop("checked", None)
        box.about["checked"] = ""

    def choose(self, label: str, value: str) -> None:
        self.taps += 1
        for option in self._labelled(label).all("option"):
            option.about.pop("selected", None)
            if option.about["value"] == value:
                option.about["selected"] = ""

    def write(self, label: str, text: str) -> None:
        part = self._labelled(label)
        part.about["value"] = text
        part.inside = [text]

    def turn_to(self, label: str) -> None:
        """Looks at nothing but the form that asks for that."""
        self.page = self._labelled(label).up("form")

    def again(self) -> None:
        self.page = self._load(self.address)

    def has(self, words: str) -> bool:
        return words in _joined(self.page.text)

    def reads(self, words: str, on: str) -> str:
        """The whole of what is said so on a card."""
        said = self._card(on).all("p", "dd")
        return next(one.text for one in said if words in one.text)

    def sees(self, words: str) -> None:
        assert self.has(words), f"{words!r} is not on {self.address}"

    def sees_heading(self, words: str) -> None:
        headings = [one.name for one in self.page.all("h1", "h2", "h3")]
        assert any(words in one for one in headings), (words, headings)

    def misses(self, words: str, on: str = "") -> None:
        said = [one.text for one in self._cards() if on in _joined(one.text)]
        assert [one for one in said if words in _joined(one)] == []

    def _cards(self) -> Iterator[Part]:
        tasks = self.page.all("li")
        return (one for one in tasks if "task" in one.about.get("class", "").split())

    def _card(self, words: str) -> Part:
        return next(one for one in self._cards() if words in _joined(one.text))

    def _labelled(self, words: str) -> Part:
        labels = [one for one in self.page.all("label") if words in one.name]
        label = min(labels, key=lambda one: len(one.name))
        fields = self.page.all("input", "select", "textarea")
        return next(one for one in fields if one.about.get("id") == label.about["for"])

    def _go(self, link: Part) -> None:
        self.taps += 1
        self.page = self._load(urljoin(self.address, link.about["href"]))

    def _send(self, button: Part) -> None:
        """Twice, and both lead to the same."""
        self.taps += 1
        form = button.up("form")
        to = urljoin(self.address, form.about.get("action") or self.address)
        said = urlencode([*_filled(form), *_own(button)])
        if form.about.get("method") != "post":
            self.page = self._load(f"{to.partition('?')[0]}?{said}")
            return
        self._load(to, said.encode())
        first = self.address
        self.page = self._load(to, said.encode())
        assert self.address == first

    def _load(self, address: str, body: bytes | None = None) -> Part:
        request = Request(address, body, self._headers)
        with self._browser.open(request, timeout=HUNG_S) as answer:
            self.address: str = answer.url
            return Read(answer.read().decode()).page


def _first(where: Part, words: str, tag: str) -> Part:
    name = begins(words)
    found = (one for one in where.all(tag) if name.match(_joined(one.name)))
    one = next(found, None)
    assert one is not None, f"no {tag} is called {words}"
    return one


def _joined(text: str) -> str:
    return " ".join(text.split())


def _own(button: Part) -> list[tuple[str, str]]:
    about = button.about
    return [(about["name"], about.get("value", ""))] if "name" in about else []


def _filled(form: Part) -> Iterator[tuple[str, str]]:
    """What goes along, also from what is folded away."""
    for part in _every(form):
        name, kind = part.about.get("name", ""), part.about.get("type", "")
        is_off = kind in ("checkbox", "radio") and "checked" not in part.about
        if not name or is_off or kind in UNSENT:
            continue
        if part.tag == "input":
            yield name, part.about.get("value", "on" if kind == "checkbox" else "")
        elif part.tag == "textarea":
            yield name, part.text
        elif part.tag == "select":
            options = [one for one in _every(part) if one.tag == "option"]
            chosen = [one for one in options if "selected" in one.about] or options[:1]
            for one in chosen[-1:]:
                yield name, one.about.get("value", one.text)


def _every(part: Part) -> Iterator[Part]:
    for one in part.inside:
        if isinstance(one, Part):
            yield one
            yield from _every(one)

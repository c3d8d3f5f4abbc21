"""The Flask application, with what every area of the gateway is given when it registers its addresses."""

from collections.abc import Callable
from typing import Protocol, cast

from flask import Flask, Request, current_app
from werkzeug.routing import MapAdapter, Rule

from gateway.edge.admission import Admission
from gateway.edge.chapters import Chapter
from gateway.edge.cursors import Cursors
from gateway.edge.door import FOUND
from gateway.edge.gates import Gates
from gateway.edge.home import Home, here
from gateway.edge.reading import MOST_BYTES
from gateway.edge.rpc import Services
from services.kit.bearers.tokens import Verifier
from services.kit.clock import Clock
from services.kit.ways.configured import NO_WAYS, Ways

Built = tuple[str, str]


class Found(Rule):
    """An address that is looked up and never built: those in answers are written out where they stand.

    For each address werkzeug (3.1, werkzeug/routing/rules.py) compiles two functions that would build it, which took
    longer than all else a gateway does when it starts.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., Built]:
        return _not_built


def _not_built(rule: Rule, **words: object) -> Built:
    raise NotImplementedError(f"{rule.rule} is written out, not built")


class Application(Flask):
    """Flask, which takes an address as the door has read it.

    `chapters` are the API: what is added to the application alone is not in its description.
    """

    url_rule_class = Found

    def __init__(
        self,
        services: Services,
        verifier: Verifier,
        home: Home,
        cursors: Cursors,
        now: Clock,
        ways: Ways = NO_WAYS,
    ):
        super().__init__("gateway", static_folder="static", template_folder="pages")
        self.services, self.verifier = services, verifier
        self.admission = Admission(services)
        self.home, self.cursors = home, cursors
        self.now, self.ways = now, ways
        self.chapters: list[Chapter] = []
        self.url_map.strict_slashes = False
        self.url_map.merge_slashes = False
        # One byte more, to tell a body that is just too long.
        self.config["MAX_CONTENT_LENGTH"] = MOST_BYTES + 1
        self.context_processor(lambda: {"home": here()})

    def open(self, chapter: Chapter) -> None:
        self.register_blueprint(chapter)
        self.chapters.append(chapter)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """What the door has found, for the request; Flask's own where there was no door."""
        found: MapAdapter | None = request.environ.get(FOUND) if request else None
        return found or super().create_url_adapter(request)


class Area(Protocol):
    """What a part of the gateway offers: its addresses, and what stands before each of them."""

    GATES: Gates

    def register(self, app: Application) -> None: ...


def application() -> Application:
    """The one that answers the request now."""
    return cast(Application, current_app)

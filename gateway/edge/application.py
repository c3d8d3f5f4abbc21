"""The Flask application, with what every area of the gateway is given when it registers its addresses."""

from typing import Protocol, cast

from flask import Flask, Request, current_app
from flask_smorest import Api
from werkzeug.routing import MapAdapter

from gateway.edge.cursors import Cursors
from gateway.edge.door import FOUND
from gateway.edge.gates import Gates
from gateway.edge.home import Home, here
from gateway.edge.reading import MOST_BYTES
from gateway.edge.rpc import Services
from services.kit.bearers.tokens import Verifier
from services.kit.clock import Clock
from services.kit.ways.configured import NO_WAYS, Ways


class Application(Flask):
    """Flask, which takes an address as the door has read it.

    `api` collects the description: its blueprints are of the API, what is added to the application alone is not.
    """

    api: Api

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
        self.home, self.cursors = home, cursors
        self.now, self.ways = now, ways
        self.url_map.strict_slashes = False
        self.url_map.merge_slashes = False
        # One byte more, to tell a body that is just too long.
        self.config["MAX_CONTENT_LENGTH"] = MOST_BYTES + 1
        self.context_processor(lambda: {"home": here()})

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

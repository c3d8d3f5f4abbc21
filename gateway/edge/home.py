"""Where people find the platform: one public address, to which all leads that this gateway says of itself.

Its path is a prefix, under which a proxy has the platform beside others. Whether the proxy takes it off or passes it
on, what is asked is found; and no header of a request ever says where home is.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import marshmallow as ma
from flask import has_request_context, request
from werkzeug.routing import Map

from schemas.activities.calendars import CalendarAddress
from schemas.documents import Json
from schemas.metrics.reports import ReportLink
from schemas.people.invitations import Invitation
from services.kit.config.values import BadSetting

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


# An address of ours. Browsers leave out what cannot be seen, and take \\ for /: then it might be somebody else's.
OF_OURS = re.compile(r"/(?![/\\])[^\x00-\x20\x7f]{0,2000}")
ADDRESSED: Mapping[type[ma.Schema], Mapping[str, str]] = {
    CalendarAddress: {"address": "{url}/api/v1/calendars/me/{secret}.ics"},
    Invitation: {"path": "{prefix}{path}", "address": "{url}{path}"},
    ReportLink: {"path": "{prefix}{path}", "address": "{url}{path}"},
}


@dataclass(frozen=True, slots=True)
class Home:
    """`url` is the public address without a slash at its end, `prefix` its path: empty, or like `/xfh`."""

    url: str

    @property
    def prefix(self) -> str:
        """Empty where the platform is found at the root."""
        return urlsplit(self.url).path

    def must_hide_nothing(self, addresses: Map) -> None:
        """Raises `BadSetting` when the prefix reads like the beginning of an address of ours."""
        first = f"{self.prefix}/"
        ours = (f"{rule.rule}/" for rule in addresses.iter_rules())
        if self.prefix and any(address.startswith(first) for address in ours):
            sentence = f"XFH_PUBLIC_URL 的路径 {self.prefix} 是平台自己的地址，请换一个"
            raise BadSetting(sentence)

    def with_addresses(self, shows: type[ma.Schema], document: Json) -> Json:
        """The document with where it leads, where it leads anywhere."""
        templates = ADDRESSED.get(shows, {})
        if not templates or not {"secret", "path"} & document.keys():
            return document
        known = {"url": self.url, "prefix": self.prefix} | document
        leads = {name: text.format_map(known) for name, text in templates.items()}
        return document | leads


class Doorstep:
    """A WSGI application at home: it is asked by its own addresses, and knows the prefix before them."""

    def __init__(self, app: "WSGIApplication", home: Home):
        self._app, self._prefix = app, home.prefix

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if self._prefix:
            path = environ["PATH_INFO"]
            if path == self._prefix or path.startswith(f"{self._prefix}/"):
                environ["PATH_INFO"] = path.removeprefix(self._prefix) or "/"
            environ["SCRIPT_NAME"] = self._prefix
        return self._app(environ, start_response)


def is_of_ours(address: str) -> bool:
    """Whether somebody may be led to that address after what they did: never to one of somebody else's."""
    return bool(OF_OURS.fullmatch(address))


def here() -> str:
    """The prefix under which the request now answered was made."""
    return request.script_root if has_request_context() else ""

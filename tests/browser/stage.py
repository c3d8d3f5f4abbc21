"""The invented district on a running platform, and visitors whose browsers say who they are."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from gateway.web.display import COOKIE
from schemas.documents import Json
from services.kit.bearers import tokens
from tests.browser.district import District, furnish
from tests.clocks import HUNG_S
from tests.servers import Platform, platform, text

WAYS = """
[senders.sms]
by = "http"
url = "http://127.0.0.1:9/send"
body = '{{"mobile": "{{phone}}", "code": "{{code}}"}}'
secret_file = "{folder}/sms.secret"

[senders.wecom]
by = "wecom"
corp = "ww1"
agent = 1000002
secret_file = "{folder}/sms.secret"
"""
PHONE, DESK = (390, 844), (1440, 900)


@dataclass(kw_only=True)
class Stage(District):
    """The running platform. `says` is what a browser told that it should not have: refused by policy, or failed."""

    platform: Platform
    says: list[str] = field(default_factory=list)

    def address(self, of: str) -> str:
        """Where a page is; `{activity}` in it stands for the one there is, and so on."""
        return self.url + of.format_map(vars(self))

    @property
    def url(self) -> str:
        return f"http://{text(self.platform.address)}"

    def token(self, who: str, role: str) -> str:
        held = [self.role(role)]
        return tokens.issue(self.platform.settings, who, held, hours=1)

    def done(self, path: str, who: str, role: str, /, **payload: Any) -> Json:
        """The document of a command that must succeed."""
        headers = {
            "Authorization": f"Bearer {self.token(who, role)}",
            "Content-Type": "application/json",
        }
        body = json.dumps(payload).encode()
        request = urllib.request.Request(f"{self.url}/api/v1{path}", body, headers)
        with urllib.request.urlopen(request, timeout=HUNG_S) as answer:
            document: Json = json.load(answer)["document"]
            return document

    def told(self, path: str, who: str, role: str) -> Json:
        """The answer to a question."""
        headers = {"Authorization": f"Bearer {self.token(who, role)}"}
        request = urllib.request.Request(f"{self.url}/api/v1{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=HUNG_S) as answer:
            told: Json = json.load(answer)
            return told

    @contextmanager
    def visit(
        self,
        browser: Browser,
        who: str = "",
        *,
        id: str = "",
        size: tuple[int, int] = PHONE,
        shown: str = "light.100",
        scripts: bool = True,
    ) -> Iterator[Page]:
        """A page of somebody's own browser, the first of their kind unless an `id` is given; all of it is from here."""
        headers = (
            {"Authorization": f"Bearer {self.token(id or f'{who}-1', who)}"}
            if who
            else {}
        )
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            extra_http_headers=headers,
            java_script_enabled=scripts,
            locale="zh-CN",
        )
        context.set_default_timeout(HUNG_S * 1000)
        context.add_cookies([{"name": COOKIE, "value": shown, "url": self.url}])
        page = context.new_page()
        page.on("console", lambda message: self.says.append(message.text))
        page.on("request", lambda request: self._must_be_here(request.url))
        try:
            yield page
        finally:
            context.close()

    def _must_be_here(self, url: str) -> None:
        if not url.startswith(self.url):
            self.says.append(f"asked {url}")


@contextmanager
def staged(folder: Path, clock: Path, bus: str = "local:") -> Iterator[Stage]:
    ways = folder / "sign-in.toml"
    ways.write_text(WAYS.format(folder=folder), encoding="utf-8")
    (folder / "sms.secret").write_text("secret", encoding="utf-8")
    with platform(folder, bus, clock=str(clock), ways=str(ways)) as running:
        stage = Stage(platform=running)
        furnish(stage)
        yield stage

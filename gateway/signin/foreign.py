"""`/sign-in/with/…`: somebody else says who somebody is. That lets in where it is linked, and gives nobody an account.

The way there and back is bound to the browser: all that protects it follows from a secret in a cookie. What is linked
to no account may be linked by who is signed in and says so, within ten minutes.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from hmac import compare_digest
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Answer

from gateway.edge.application import Application
from gateway.edge.gates import Gate, Gates
from gateway.edge.home import here, is_of_ours
from gateway.signin import asking
from gateway.signin.access import START, Known
from gateway.signin.believing import SIGNED_IN, SignedIn
from gateway.signin.cookies import Cookies, hashed, new_secret
from gateway.signin.pending import Pending, Seal
from gateway.signin.providers.contract import Adapter, Journey, NotProven
from gateway.signin.providers.known import adapters
from gateway.signin.routes import SIGNING
from gateway.signin.signing import Entered, Signing
from schemas import fields
from schemas.documents import Json
from schemas.people.identities import UnlinkIdentity
from services.kit.errors import (
    Forbidden,
    Unauthenticated,
    Unavailable,
    Unknown,
)
from services.kit.ways import others
from services.kit.ways.providers import Provider

T = TypeVar("T")
BEHIND = Gate(())  # A place is taken for each question.
WITH = "/sign-in/with/<provider>"
LINKING = "/sign-in/linking"
GATES: Gates = {
    ("GET", WITH): BEHIND,
    ("GET", f"{WITH}/back"): BEHIND,
    ("POST", f"{WITH}/code"): BEHIND,
    ("GET", "/sign-in/linked"): BEHIND,
    ("POST", "/sign-in/linked/end"): BEHIND,
}
FOREIGN = "foreign"  # Where the application keeps it.
THERE_AND_BACK = timedelta(minutes=10)
MOST_KEPT = 300  # Characters of an address to return to.
NOT_SAID = "对方没有确认您是谁，请再试一次，或用别的方式登录"
NOT_LINKED = "这个身份还没有绑定账号，请先用别的方式登录再绑定"
AWAY = "对方的登录服务没有应答，请稍后再试，或用别的方式登录"


class WithCode(fields.Schema):
    code = fields.Text(200, required=True, metadata={"proof": True})


class EndOfLink(UnlinkIdentity):
    class Meta:
        exclude = ("person",)


def register(app: Application) -> None:
    signing: Signing = app.extensions[SIGNING]
    signed_in: SignedIn = app.extensions[SIGNED_IN]
    providers = {one.name: one for one in app.ways.providers}
    foreign = Foreign(app, signing, signed_in, providers)
    app.extensions[FOREIGN] = foreign
    app.add_url_rule(WITH, "with", foreign.begin)
    app.add_url_rule(f"{WITH}/back", "back", foreign.back)
    app.add_url_rule(f"{WITH}/code", "with code", foreign.by_code, methods=["POST"])
    app.add_url_rule("/sign-in/linked", "linked", foreign.linked)
    app.add_url_rule(
        "/sign-in/linked/end", "end linked", foreign.unlink, methods=["POST"]
    )


class Foreign:
    """Signing in by those who say who somebody is."""

    def __init__(
        self,
        app: Application,
        signing: Signing,
        signed_in: SignedIn,
        providers: Mapping[str, Provider],
    ) -> None:
        self._services, self._home = app.services, app.home.url
        self._signing, self._signed_in = signing, signed_in
        self._providers = providers
        self._adapters = adapters(providers.values())
        self._journeys = Cookies(app.home.url, "-with")
        self._pending = Seal(Cookies(app.home.url, "-linking"), app.cursors, app.now)

    def choices(self) -> list[Json]:
        """Those a browser can be led to."""
        visited = (one for one in self._providers.values() if one.is_visited)
        return [{"provider": one.name, "text": one.text} for one in visited]

    def begin(self, provider: str) -> Answer:
        """Leads to the provider. Asked again, it begins anew."""
        adapter = self._adapter(provider)
        if not self._providers[provider].is_visited:
            raise Unknown("没有这个登录服务")
        journey = self._journey(provider, new_secret())
        response = _led_to(_of(lambda: adapter.begin(journey)))
        kept = {"secret": journey.secret, "with": provider, "back": _back_wanted()}
        self._journeys.give(response, urlencode(kept), THERE_AND_BACK)
        return response

    def back(self, provider: str) -> Answer:
        """Lets in who is known, and leads the others to where they may link what they are. Good once."""
        adapter = self._adapter(provider)
        kept = dict(parse_qsl(self._journeys.secret_in(request.environ)))
        journey = self._journey(provider, kept.get("secret", ""))
        _must_be_the_same_browser(kept, provider, journey)
        self._signing.must_not_be_too_many(hashed(journey.secret))
        identity = _of(lambda: adapter.finish(request.args.to_dict(), journey))
        response = self._let_in(Pending(provider, identity), kept.get("back", ""))
        self._journeys.take_back(response)
        return response

    def by_code(self, provider: str) -> Response:
        """For a program that got a code itself. Whoever is signed in links what they are there to their account."""
        self._must_be_no_page_of_others()
        adapter, said = self._adapter(provider), asking.read(WithCode())
        self._signing.must_not_be_too_many(hashed(said["code"]))
        identity = _of(lambda: adapter.finish(said, self._journey(provider, "")))
        pending = Pending(provider, identity)
        known = self._signed_in.known(request.environ)
        if known is not None:
            self.link(known, pending)
            return asking.json({"linked": True})
        try:
            return self._signing.let_in(self._entered(pending))
        except Unauthenticated as error:
            raise Unauthenticated(NOT_LINKED, code="not_linked") from error

    def pending(self) -> Pending | None:
        """What this browser may link."""
        pending = self._pending.opened()
        return pending if pending and pending.provider in self._providers else None

    def text_of(self, pending: Pending) -> str:
        return self._providers[pending.provider].text

    def link(self, known: Known, pending: Pending) -> None:
        """Raises `Refused` when it is another account's."""
        payload = pending.as_payload() | {"person": known.actor.id}
        asking.do(self._services, "link_identity", payload)

    def forget(self, response: Answer) -> None:
        self._pending.cookies.take_back(response)

    def linked(self) -> Response:
        """What the account of who asks is linked to."""
        person = self.must_be_signed_in().actor.id
        return asking.json(self.identities(person))

    def identities(self, person: str) -> Json:
        question = {"person": person}
        answer: Json = asking.ask(self._services, "list_identities", question)
        for identity in answer["items"]:
            provider = self._providers.get(identity["provider"])
            identity["text"] = provider.text if provider else identity["provider"]
        return answer

    def unlink(self) -> Response:
        secret = self._signed_in.cookies.secret_in(request.environ)
        self._signed_in.must_be_ours(request.environ, secret)
        known = self.must_be_signed_in()
        self.end_link(known, asking.read(EndOfLink()))
        return asking.json({"linked": False})

    def end_link(self, known: Known, said: Json) -> None:
        payload = said | {"person": known.actor.id}
        asking.do(self._services, "unlink_identity", payload)

    def _let_in(self, pending: Pending, back: str) -> Answer:
        try:
            entered = self._entered(pending)
        except Unauthenticated:
            response = _led_to(here() + LINKING)
            self._pending.give(response, pending)
            return response
        response = _led_to(here() + (back if is_of_ours(back) else START))
        self._signing.give(response, entered)
        return response

    def _entered(self, pending: Pending) -> Entered:
        return self._signing.enter_by_identity(pending.as_payload())

    def _adapter(self, provider: str) -> Adapter:
        if provider not in self._adapters:
            raise Unknown("没有这个登录服务")
        return self._adapters[provider]

    def _journey(self, provider: str, secret: str) -> Journey:
        return Journey(secret, f"{self._home}/sign-in/with/{provider}/back")

    def must_be_signed_in(self) -> Known:
        known = self._signed_in.known(request.environ)
        if known is None:
            raise Unauthenticated("请先登录", code="session_over")
        return known

    def _must_be_no_page_of_others(self) -> None:
        """A program has no origin; a browser says one with every POST."""
        environ = request.environ
        secret = self._signed_in.cookies.secret_in(environ)
        is_browser = "HTTP_ORIGIN" in environ or "HTTP_SEC_FETCH_SITE" in environ
        if is_browser or secret:
            self._signed_in.must_be_ours(environ, secret)


def _must_be_the_same_browser(
    kept: Mapping[str, str], provider: str, journey: Journey
) -> None:
    """Raises `Forbidden` for an answer that this browser did not go to get, from there."""
    state = request.args.get("state", "")
    is_same = compare_digest(state.encode(), journey.state.encode())
    if not journey.secret or kept.get("with") != provider or not is_same:
        says = "登录的来路不对或已过期，请重新开始"
        raise Forbidden(says, code="another_browser")


def _of(ask: Callable[[], T]) -> T:
    """What the provider says. Raises a `Problem` that does not tell what was wrong."""
    try:
        return ask()
    except NotProven as error:
        raise Unauthenticated(NOT_SAID, code="wrong_credentials") from error
    except (others.NotReached, others.NoAnswer, others.SaysNo) as error:
        raise Unavailable(AWAY, code="provider_away") from error


def _back_wanted() -> str:
    back = request.args.get("back", "")
    return back if is_of_ours(back) and len(back) <= MOST_KEPT else ""


def _led_to(address: str) -> Answer:
    response = redirect(address, 303)
    response.headers["Cache-Control"] = "no-store"
    return response

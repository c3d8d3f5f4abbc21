"""`/sign-in/code…`: a code is asked for, and comes back from the browser that asked.

What is answered, and how soon, is the same for a number of nobody's: people decides that, and sends nothing itself.
"""

from datetime import timedelta

from flask import Response, request
from werkzeug.wrappers import Response as Answer

from gateway.edge.application import Application
from gateway.edge.errors import TooMany
from gateway.edge.gates import Gate, Gates
from gateway.edge.rpc import Services
from gateway.signin import asking
from gateway.signin.believing import SIGNED_IN, SignedIn
from gateway.signin.cookies import Cookies, hashed, new_secret
from gateway.signin.routes import SIGNING
from gateway.signin.signing import Entered, Signing
from gateway.signin.throttle import Limit, Throttle
from schemas.documents import Json
from schemas.people.sent_codes import CodeSignIn, CodeWanted
from services.kit.errors import Refused
from services.kit.ways.senders import Sender

BEHIND = Gate(())  # A place is taken for each question.
GATES: Gates = {
    ("POST", "/sign-in/code/ask"): BEHIND,
    ("POST", "/sign-in/code"): BEHIND,
}
CODES = "codes"  # Where the application keeps it.
GOOD_FOR = timedelta(minutes=5)
OF_A_NUMBER, OF_AN_ADDRESS = Limit(10, 600), Limit(30, 3600)
COME_AGAIN_S = {"asked_too_often": 60, "too_many_codes": 3600}


def register(app: Application) -> None:
    signing: Signing = app.extensions[SIGNING]
    signed_in: SignedIn = app.extensions[SIGNED_IN]
    cookies = Cookies(app.home.url, "-code")
    codes = Codes(app.services, signed_in, signing, cookies, app.ways.senders)
    app.extensions[CODES] = codes
    app.add_url_rule("/sign-in/code/ask", "ask code", codes.ask, methods=["POST"])
    app.add_url_rule("/sign-in/code", "by code", codes.enter, methods=["POST"])


class Codes:
    """Codes that are sent, as far as a browser has to do with them."""

    def __init__(
        self,
        services: Services,
        signed_in: SignedIn,
        signing: Signing,
        cookies: Cookies,
        senders: tuple[Sender, ...],
    ) -> None:
        self._services, self._signed_in = services, signed_in
        self._signing, self._cookies = signing, cookies
        self._senders = senders
        self.throttle = Throttle(of_a_number=OF_A_NUMBER, of_an_address=OF_AN_ADDRESS)

    def choices(self) -> list[Json]:
        return [{"sender": one.name, "text": one.text} for one in self._senders]

    def ask(self) -> Response:
        self._signed_in.must_be_ours(request.environ)
        response = asking.json({"asked": True})
        self.send(asking.read(CodeWanted()), response)
        return response

    def send(self, wanted: Json, response: Answer) -> None:
        """Has a code sent to the number, if it is somebody's; the browser gets what makes the code good in it.

        Raises `TooMany`.
        """
        self.throttle.take(wanted["phone"], asking.address())
        secret = new_secret()
        payload = wanted | {"browser": hashed(secret)}
        try:
            asking.do(self._services, "ask_for_code", payload)
        except Refused as refusal:
            again_s = COME_AGAIN_S[refusal.code]
            raise TooMany(refusal.title, retry_after_s=again_s) from refusal
        self._cookies.give(response, secret, GOOD_FOR)

    def enter(self) -> Response:
        self._signed_in.must_be_ours(request.environ)
        response = self._signing.let_in(self.entered(asking.read(CodeSignIn())))
        self.forget(response)
        return response

    def entered(self, said: Json) -> Entered:
        """Raises `Unauthenticated`, the same whatever was wrong, and `TooMany`."""
        browser = hashed(self._cookies.secret_in(request.environ))
        self._signing.must_not_be_too_many(browser)
        return self._signing.enter_by_code(said | {"browser": browser})

    def forget(self, response: Answer) -> None:
        """The code is used."""
        self._cookies.take_back(response)

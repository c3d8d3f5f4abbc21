"""`/sign-in/…`: JSON in, a cookie out."""

from collections.abc import Callable

from flask import Response

from gateway.edge.application import Application
from gateway.edge.gates import Gate, Gates
from gateway.signin.access import Access
from gateway.signin.bearing import BEARERS, Bearers
from gateway.signin.believing import SIGNED_IN, SignedIn
from gateway.signin.cookies import Cookies
from gateway.signin.signing import Signing
from gateway.signin.throttle import Throttle

# Where the application keeps them.
ACCESS, THROTTLE, SIGNING = "access", "throttle", "signing"
BEHIND = Gate(())  # A place is taken for each question.
GATES: Gates = {
    ("POST", "/sign-in/desk"): BEHIND,
    ("POST", "/sign-in/password"): BEHIND,
    ("POST", "/sign-in/invitation"): BEHIND,
    ("POST", "/sign-in/password/change"): BEHIND,
    ("POST", "/sign-out"): BEHIND,
    ("GET", "/sign-in/me"): BEHIND,
}


def register(app: Application) -> None:
    access, throttle = Access(app.services, clock=app.now), Throttle()
    signed_in = SignedIn(access, Cookies(app.home.url))
    signing = Signing(app.services, signed_in, throttle, app.now)
    app.extensions |= {ACCESS: access, THROTTLE: throttle}
    app.extensions |= {SIGNED_IN: signed_in, SIGNING: signing}
    app.extensions[BEARERS] = Bearers(access, app.verifier)
    views: dict[tuple[str, str], Callable[[], Response]] = {
        ("POST", "/sign-in/desk"): signing.by_desk,
        ("POST", "/sign-in/password"): signing.by_password,
        ("POST", "/sign-in/invitation"): signing.by_invitation,
        ("POST", "/sign-in/password/change"): signing.change_password,
        ("POST", "/sign-out"): signing.out,
        ("GET", "/sign-in/me"): signing.me,
    }
    for (method, path), view in views.items():
        app.add_url_rule(path, path, view, methods=[method])

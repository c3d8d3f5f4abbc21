"""What programs are let in by: a session that is refreshed again and again, and ends when an old turn is said twice.

Said again at once, and while nobody has said the next, a turn is answered the same: two tabs of one browser do so, and
who got no answer. A thief who is as quick has what the owner has, until either comes with what the other has used.
"""

from datetime import datetime, timedelta
from hmac import compare_digest

from schemas.documents import Json, pick_present
from services.kit.entrypoints import Asked
from services.kit.errors import Unauthenticated
from services.kit.log import Fact
from services.kit.views import Find, Reads
from services.people.model.keys import Keys
from services.people.model.lifecycles import ACCOUNT, SESSION
from services.people.rules.sessions import begun, is_for_program, is_live

SAID_AGAIN_WITHIN = timedelta(seconds=10)


def begin(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """Of who is signed in by a browser. A program's session begins no other: a stolen token stays one of minutes."""
    browsers = docs.get("sessions", payload["rests_on"])
    if browsers is None or is_for_program(browsers) or not is_live(browsers, asked):
        raise session_over()
    account = docs.the("accounts", browsers["account"])
    ACCOUNT.must_allow(account, "change_login", "这个账号")
    about = {"for_program": True} | pick_present(browsers, "limited")
    way = browsers["way"]
    return begun(docs, account, payload["session"], way, asked, about)


def refresh(docs: Reads, payload: Json, asked: Asked, keys: Keys) -> Fact:
    """The next turn, also to who says it again at once; or the end, when it was had already."""
    session = programs(docs, payload["hash"], asked)
    proof = keys.turn(payload["hash"], payload["turn"])
    if not compare_digest(proof.encode(), payload["proof"].encode()):
        raise session_over()
    content = {"person": session["person"], "turn": payload["turn"]}
    is_next = payload["turn"] == session["turn"]
    if not is_next and not _is_said_again(session, payload["turn"], asked):
        return SESSION.fact("session_replayed.v1", session["id"], content)
    following = content | {"turn": payload["turn"] + 1}
    return SESSION.fact("session_refreshed.v1", session["id"], following)


def _is_said_again(session: Json, turn: int, asked: Asked) -> bool:
    """Whether it is the turn before, which was had a moment ago; of versions before it is not known when."""
    if turn + 1 != session["turn"] or "turned_at" not in session:
        return False
    turned_at = datetime.fromisoformat(session["turned_at"])
    return asked.now <= turned_at + SAID_AGAIN_WITHIN


def programs(docs: Reads, hash: str, asked: Asked) -> Json:
    """The session of a program. Raises `Unauthenticated` when there is none, or no more."""
    found = docs.find(Find("sessions", {"hash": hash}, "id", limit=1))
    session = found[0] if found else None
    if session is None or not is_for_program(session) or not is_live(session, asked):
        raise session_over()
    return session


def session_over() -> Unauthenticated:
    return Unauthenticated("登录已过期，请重新登录", code="session_over")

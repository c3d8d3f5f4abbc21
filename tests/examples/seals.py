"""One canonical example of what is said of seals."""

from schemas.documents import Json

SEAL_LOG: Json = {"service": "cobuild", "after": 0, "upto": 12, "root": "5e" * 32}
LOG_SEALED: Json = {
    **SEAL_LOG,
    "number": 1,
    "before": "00" * 32,
    "at": "2026-06-01T00:00:30.000Z",
    "kid": "ab12" * 4,
    "signature": "c3" * 64,
}
SEAL: Json = {
    **LOG_SEALED,
    "id": "N8",
    "digest": "1f3a02bc77de90aa" * 4,
    "short": "1f3a-02bc-77de-90aa",
    "seq": 10,
}

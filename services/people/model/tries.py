"""What can be seen of a sign-in that failed: enough to know an attack by, too little to know anybody by."""

import json

from schemas.documents import Json, if_any, pick_present

SHOWN_AT_THE_END = 2


def written(payload: Json) -> str:
    """What is noted of what was said; "" for nothing."""
    number = payload.get("phone", "")[-SHOWN_AT_THE_END:]
    seen = pick_present(payload, "network") | if_any(number=number)
    return json.dumps(seen) if seen else ""


def read(note: str) -> Json:
    """`{network?, number?}`, empty once it is erased."""
    seen: Json = json.loads(note) if note else {}
    return seen

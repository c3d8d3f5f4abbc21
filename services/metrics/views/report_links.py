"""Links that open one month's report without a token, for a while: a browser sends none."""

from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from schemas.documents import Json
from schemas.fields import instant
from services.kit.errors import Unauthenticated

# A working day. Whoever has the link sees what every reader of the report sees.
LIFE = timedelta(hours=8)
SALT = "report"


def link(scope: str, month: str, key: bytes, now: datetime) -> Json:
    """`{"path", "until"}`: where the report opens, and up to which instant."""
    until = instant(now + LIFE)
    signed = URLSafeSerializer(key, salt=SALT).dumps([scope, month, until])
    return {"path": f"/reports/{scope}/{month}?key={signed}", "until": until}


def opened(signed: str, key: bytes, now: datetime) -> Json:
    """`{"scope", "month"}` it was made for. Raises `Unauthenticated` for one that is not ours, or too old."""
    try:
        scope, month, until = URLSafeSerializer(key, salt=SALT).loads(signed)
    except (BadData, ValueError, TypeError) as error:
        says = "链接无效，请重新取得"
        raise Unauthenticated(says, code="bad_link", path="key") from error
    if instant(now) > until:
        raise Unauthenticated("链接已过期，请重新取得", code="link_expired", path="key")
    return {"scope": scope, "month": month}

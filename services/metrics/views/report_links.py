"""Links that open one month's report without a token, for a while: a browser sends none."""

from datetime import datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from schemas.documents import Json
from schemas.fields import instant
from services.kit.errors import Unauthenticated

LIFE = timedelta(
    hours=8
)  # A working day. Whoever has the link sees what every reader of the report sees.
SALT = "report"


def link(scope: str, month: str, key: bytes, now: datetime) -> Json:
    until = instant(now + LIFE)
    signed = URLSafeSerializer(key, salt=SALT).dumps([scope, month, until])
    return {"path": f"/reports/{scope}/{month}?key={signed}", "until": until}


def opened(signed: str, key: bytes, now: datetime) -> Json:
    """The scope and month it was made for."""
    try:
        scope, month, until = URLSafeSerializer(key, salt=SALT).loads(signed)
    except (BadData, ValueError, TypeError) as error:
        raise Unauthenticated(
            "链接无效，请重新取得", code="bad_link", path="key"
        ) from error
    if instant(now) > until:
        raise Unauthenticated("链接已过期，请重新取得", code="link_expired", path="key")
    return {"scope": scope, "month": month}

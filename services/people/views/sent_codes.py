"""What the sender of a code is told."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Reads
from services.people.model import records
from services.people.model.keys import Keys
from services.people.rules.sent_codes import CODES, is_open


def read(views: Reads, question: Json, asked: Asked, keys: Keys) -> Json:
    """`{phone, digits}` for who sends it, while it is good. Raises `Unknown` when there is nothing to send."""
    code = CODES.found(views, question["sent_code"], asked)
    if "person" not in code or not is_open(code, asked):
        raise Unknown("没有要发送的验证码")
    phone = records.read(asked.note, code["person"]).get("login", "")
    return {"phone": phone, "digits": keys.sent_digits(code["id"])}

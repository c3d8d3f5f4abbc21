"""What the sender of a code is told."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.views import Reads
from services.people.model import records
from services.people.rules.sent_codes import CODES, Means, is_open


def read(views: Reads, question: Json, asked: Asked, means: Means) -> Json:
    """`{address, digits}` for who sends it, while it is good. Raises `Unknown` when there is nothing to send."""
    code = CODES.found(views, question["sent_code"], asked)
    sender = means.ways.sender(code["sender"])
    if sender is None or "person" not in code or not is_open(code, asked):
        raise Unknown("没有要发送的验证码")
    address = records.read(asked.note, code["person"]).get(sender.reaches, "")
    return {"address": address, "digits": means.keys.sent_digits(code["id"])}

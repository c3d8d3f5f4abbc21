"""Somebody's words, got in by every way a person's words get in."""

import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from services.kit.actor import Role
from services.kit.bearers import tokens
from tests.clocks import HUNG_S, wait_until
from tests.servers import Platform, text

COMMUNITY, STREET, DISTRICT = "510108002001", "510108002", "510108"
NAME, NEW_NAME = "欧阳灼灼", "欧阳烁烁"
CONTACTS = ("13912345671", "13912345672", "13912345673")
PHONE, PASSWORD = "13812345674", "zebra crossing 76"
NEED, APPEAL = "植下的需求甲", "植下的申诉乙"
CONSENTED, WITHDRAWN = "植下的同意丙", "植下的撤回丁"
PARTNER = "植下的合唱队戊"
LABEL, READING, CARED = "植下的门牌己", "植下的血压庚", "植下的缘由辛"
FOUND, QUARREL = "植下的发现壬", "植下的争执癸"
WRITTEN_FOR, ANSWERED = "植下的代写子", "植下的回答丑"
RATED, CONTESTED = "植下的评价寅", "植下的异议卯"
DISCUSSED, DISPUTED = "植下的留言辰", "植下的没办好巳"
REPORTED, ANNOUNCED = "植下的办结午", "植下的通知未"
OF_UNIT, OF_PARTNER = "植下的单位申诉申", "植下的合伙人申诉酉"
ADDRESS = "planted.somebody@example.org"
PLANTED = (
    NAME, NEW_NAME, *CONTACTS, PHONE, PASSWORD, NEED, APPEAL, CONSENTED, WITHDRAWN, PARTNER,
    LABEL, READING, CARED, FOUND, QUARREL, WRITTEN_FOR, ANSWERED, RATED, CONTESTED, ADDRESS,
    DISCUSSED, DISPUTED, REPORTED, ANNOUNCED, OF_UNIT, OF_PARTNER,
)  # fmt: skip
BUSY = 503


def answered(asked: Request) -> bytes:
    """Nothing where it is to be asked again."""
    try:
        with urlopen(asked, timeout=HUNG_S) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        return b"" if error.code == BUSY else error.read()


@dataclass
class Front:
    """A running platform, asked over HTTP; what it said is remembered."""

    running: Platform
    clock: Path

    def pass_hours(self, hours: int) -> None:
        self.clock.write_text(str(hours * 3600))

    def token(self, id: str, role: str, scope: str) -> str:
        return tokens.issue(self.running.settings, id, [Role(role, scope)], hours=1)

    def ask(
        self, path: str, token: str, data: bytes | None = None, kind: str = ""
    ) -> bytes:
        """The answer; asked again under the same key while the machine is too busy to give one."""
        headers = {"Authorization": f"Bearer {token}"}
        if data is not None:
            headers |= {"Content-Type": kind, "Idempotency-Key": uuid.uuid4().hex}
        asked = Request(f"http://{text(self.running.address)}{path}", data, headers)
        return wait_until(lambda: answered(asked))

    def get(self, path: str, token: str) -> Any:
        return json.loads(self.ask(f"/api/v1{path}", token))

    def done(self, path: str, token: str, **body: Any) -> Any:
        data = json.dumps(body).encode()
        said = json.loads(self.ask(f"/api/v1{path}", token, data, "application/json"))
        assert "document" in said, said
        return said["document"]


def spelt(word: str) -> tuple[bytes, bytes]:
    """As UTF-8 and as JSON may write it."""
    return word.encode(), json.dumps(word)[1:-1].encode()


def found_in(content: bytes) -> set[str]:
    return {word for word in PLANTED if any(each in content for each in spelt(word))}

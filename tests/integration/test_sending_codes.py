"""Codes on their way: by an SMS gateway, by WeCom and by mail, real ones on this machine, and what becomes of a no."""

import hashlib
import hmac
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.kit.ways.configured import Ways, ways_in
from services.xfh.commands.codes import Codes
from services.xfh.commands.sending_codes import Outcome, sending
from tests.integration.gateway_stage import DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD
from tests.integration.test_signing_in import Browser
from tests.others import Other, Request, other
from tests.receivers import HANGS_UP, Mailbox, mail_server
from tests.servers import free_address

PHONE, DIGITS, SECRET = "+8613800001234", "042317", "s3cr3t"
SMS = """
[senders.sms]
by = "http"
url = "%s/send?at={time}"
body = '{"mobile": "{phone}", "code": "{code}", "nonce": "{nonce}"}'
headers = {Authorization = "Bearer {secret}"}
sign = "{time}\\n{nonce}\\n{body}"
signature = "X-Signature"
answer = '"status": *"ok"'
secret_file = "%s"
"""
WECOM = """
[senders.wecom]
by = "wecom"
url = "%s"
corp = "ww1"
agent = 1000002
secret_file = "%s"
"""
MAIL = """
[senders.mail]
by = "mail"
server = "127.0.0.1"
port = %s
tls = "none"
user = "notices"
sender = "notices@example.org"
secret_file = "%s"
"""
ADDRESS = "wang@example.org"


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "sms.secret"
    file.write_text(f"{SECRET}\n")
    return file


@pytest.fixture
def sms() -> Iterator[Other]:
    with other(send=lambda _: {"status": "ok"}) as server:
        yield server


@pytest.fixture
def wecom() -> Iterator[Other]:
    with other(
        cgi_bin__gettoken=lambda _: {
            "errcode": 0,
            "access_token": "T1",
            "expires_in": 7200,
        },
        cgi_bin__user__getuserid=lambda _: {"errcode": 0, "userid": "wang"},
        cgi_bin__message__send=lambda _: {"errcode": 0, "msgid": "m"},
    ) as server:
        yield server


def by(ways: Ways) -> Outcome:
    return sending(ways.senders[0])(PHONE, DIGITS)


def test_a_gateway_hears_number_and_code_signed_and_in_no_address(
    sms: Other, secret: Path
) -> None:
    assert by(ways_in(SMS % (sms.url, secret))) == ("made", "")
    (asked,) = sms.asked
    said = asked.json
    assert (said["mobile"], said["code"]) == ("13800001234", DIGITS)
    assert asked.headers["Authorization"] == f"Bearer {SECRET}"
    signed = f"{asked.query['at']}\n{said['nonce']}\n{asked.body.decode()}"
    mac = hmac.new(SECRET.encode(), signed.encode(), hashlib.sha256).hexdigest()
    assert asked.headers["X-Signature"] == mac
    assert set(asked.query) == {"at"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((500, b"{}"), "status_500"),
        ((200, b'{"status": "blocked"}'), "answer"),
        ((302, b"http://127.0.0.1/elsewhere"), "status_302"),
    ],
)
def test_an_answer_that_says_no_is_a_failure(
    sms: Other, secret: Path, answer: tuple[int, bytes], code: str
) -> None:
    sms.answers["/send"] = lambda _: answer
    assert by(ways_in(SMS % (sms.url, secret))) == ("failed", code)
    assert sms.paths() == ["/send"]


def test_a_gateway_that_is_away_has_got_nothing(secret: Path) -> None:
    url = f"http://127.0.0.1:{free_address()[1]}"
    assert by(ways_in(SMS % (url, secret))) == ("failed", "not_reached")


def test_a_secret_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="none"):
        sending(ways_in(SMS % ("http://127.0.0.1", tmp_path / "none")).senders[0])


def test_wecom_sends_to_who_has_the_number_and_keeps_its_token(
    wecom: Other, secret: Path
) -> None:
    send = sending(ways_in(WECOM % (wecom.url, secret)).senders[0])
    assert [send(PHONE, DIGITS), send(PHONE, DIGITS)] == [("made", "")] * 2
    assert wecom.paths().count("/cgi-bin/gettoken") == 1
    message = wecom.asked[-1]
    assert message.query == {"access_token": "T1"}
    assert (message.json["touser"], message.json["agentid"]) == ("wang", 1000002)
    assert DIGITS in message.json["text"]["content"]
    assert all(PHONE[3:] not in str(asked.query) for asked in wecom.asked)


def test_a_token_wecom_has_withdrawn_is_got_anew(wecom: Other, secret: Path) -> None:
    def getuserid(asked: Request) -> Any:
        tokens.append(asked.query["access_token"])
        return {"errcode": 42001 if len(tokens) == 2 else 0, "userid": "wang"}

    tokens: list[str] = []
    wecom.answers["/cgi-bin/user/getuserid"] = getuserid
    send = sending(ways_in(WECOM % (wecom.url, secret)).senders[0])
    assert [send(PHONE, DIGITS), send(PHONE, DIGITS)] == [("made", "")] * 2
    assert wecom.paths().count("/cgi-bin/gettoken") == 2
    assert len(tokens) == 3


@pytest.mark.parametrize(
    "path", ["/cgi-bin/gettoken", "/cgi-bin/user/getuserid", "/cgi-bin/message/send"]
)
def test_an_error_with_status_200_is_a_failure(
    wecom: Other, secret: Path, path: str
) -> None:
    wecom.answers[path] = lambda _: {"errcode": 46004, "errmsg": "user not exist"}
    assert by(ways_in(WECOM % (wecom.url, secret))) == ("failed", "errcode_46004")


@pytest.mark.parametrize("path", ["/cgi-bin/gettoken", "/cgi-bin/user/getuserid"])
@pytest.mark.parametrize(
    "answer",
    [{}, {"userid": ["wang"], "access_token": 1}, {"userid": "", "errcode": 0}],
)
def test_an_answer_of_another_shape_is_a_failure_and_sends_nobody_a_code(
    wecom: Other, secret: Path, path: str, answer: Any
) -> None:
    wecom.answers[path] = lambda _: answer
    outcome, _ = by(ways_in(WECOM % (wecom.url, secret)))
    assert outcome == "failed"
    assert "/cgi-bin/message/send" not in wecom.paths()


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server() as box:
        box.password = SECRET
        yield box


def mailed(box: Mailbox, secret: Path, tls: str = "none") -> Outcome:
    text = (MAIL % (box.port, secret)).replace('"none"', f'"{tls}"')
    sender = ways_in(text).senders[0]
    return sending(sender)(ADDRESS, DIGITS)


def test_a_mail_with_the_code_arrives_at_that_address_alone(
    box: Mailbox, secret: Path
) -> None:
    assert mailed(box, secret) == ("made", "")
    ((to, message),) = box.mails
    assert (to, message["to"], message["from"]) == (
        ADDRESS,
        ADDRESS,
        "notices@example.org",
    )
    assert DIGITS not in message["subject"]
    assert DIGITS in message.get_content()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"answer": "554 no"}, ("failed", "smtp_554")),
        ({"greets": "550 no such mailbox"}, ("failed", "smtp_550")),
        ({"password": "another"}, ("failed", "smtp_535")),
        ({"answer": HANGS_UP}, ("unknown", "no_answer")),
    ],
)
def test_a_mail_server_that_says_no_is_a_failure(
    box: Mailbox, secret: Path, changes: dict[str, str], told: Outcome
) -> None:
    for name, value in changes.items():
        setattr(box, name, value)
    assert mailed(box, secret) == told


def test_no_password_is_told_to_a_mail_server_that_does_not_speak_tls(
    box: Mailbox, secret: Path
) -> None:
    box.password = "never asked for"
    told = [mailed(box, secret, tls=tls) for tls in ("start", "starttls")]
    assert told == [("failed", "not_reached")] * 2
    assert box.mails == []


@pytest.fixture
def gateway(tmp_path: Path, sms: Other, secret: Path) -> Iterator[Gateway]:
    ways = ways_in(SMS % (sms.url, secret))
    with gateway_over(tmp_path, ways=ways) as gateway:
        admin = gateway.token("A1", ("district_admin", DISTRICT))
        person = gateway.done("/people", admin, **RECORD)["id"]
        gateway.done(f"/people/{person}/account", admin, phone=PHONE)
        yield gateway


def test_what_is_asked_for_arrives_and_lets_in_and_is_found_nowhere(
    gateway: Gateway, sms: Other, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = Browser(gateway)
    browser.post("/sign-in/code/ask", {"phone": PHONE, "sender": "sms"})
    sender = gateway.settings.ways.senders[0]
    codes = Codes(gateway.bus, {sender.name: sending(sender)})
    sms.answers["/send"] = lambda _: (503, b"")
    assert codes.carry("sms")
    assert not codes.carry("sms")
    Path(gateway.settings.clock_file).write_text("10")
    sms.answers["/send"] = lambda _: {"status": "ok"}
    assert codes.carry("sms")
    first, second = (asked.json["code"] for asked in sms.asked)
    assert first == second
    entered = browser.sign_in("code", digits=second)
    assert entered.status_code == 200
    assert second not in caplog.text
    gateway.bus.stop()
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(PHONE[3:].encode() in text for text in kept)
    assert not any(f'"{second}"'.encode() in text for text in kept)

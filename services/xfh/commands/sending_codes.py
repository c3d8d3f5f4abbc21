"""Sends one code to one number, and tells what came of it."""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable

from schemas.documents import Json
from services.kit.ways import others
from services.kit.ways.senders import (
    HttpSender,
    MailSender,
    Sender,
    WeComSender,
    filled,
)
from services.kit.ways.tables import secret_in
from services.kit.ways.wecom import Corporation
from services.xfh.commands import mailing

Outcome = tuple[str, str]
Send = Callable[[str, str], Outcome]
"""By number or address, and digits: `("made", "")`, `("failed", code)` or `("unknown", code)`. Takes seconds."""
COUNTRY = "+86"
HEADING = "先锋荟登录验证码"
SAYS = "登录验证码 {code}，5 分钟内有效，请勿转告他人。"


def sending(sender: Sender) -> Send:
    """What sends by that sender. Raises `ValueError` when its secret cannot be read."""
    secret_in(sender.secret_file)
    return _judged(_by(sender))


def _by(sender: Sender) -> Callable[[str, str], None]:
    match sender:
        case HttpSender():
            return _by_http(sender)
        case WeComSender():
            return _by_wecom(sender)
        case MailSender():
            return _by_mail(sender)


def _judged(by: Callable[[str, str], None]) -> Send:
    def send(address: str, digits: str) -> Outcome:
        try:
            by(address, digits)
        except others.SaysNo as refusal:
            return "failed", refusal.code
        except others.NotReached:
            return "failed", "not_reached"
        except others.NoAnswer:
            return "unknown", "no_answer"
        return "made", ""

    return send


def _by_http(sender: HttpSender) -> Callable[[str, str], None]:
    def send(phone: str, digits: str) -> None:
        """Whom and what are in the body alone: addresses stand in the logs of whoever is on the way."""
        about = {"time": str(int(time.time())), "nonce": secrets.token_hex(16)}
        what = {"phone": phone.removeprefix(COUNTRY), "code": digits}
        body = filled(sender.body, about | what)
        url = filled(sender.url, about)
        headers = _headers(sender, about, body)
        status, answer = others.post(url, body.encode(), headers)
        if not 200 <= status < 300:
            raise others.SaysNo(f"status_{status}")
        if not re.search(sender.answer, answer.decode("utf-8", "replace")):
            raise others.SaysNo("answer")

    return send


def _headers(sender: HttpSender, about: dict[str, str], body: str) -> dict[str, str]:
    secret = secret_in(sender.secret_file)
    headers = {"Content-Type": sender.type}
    for name, template in sender.headers.items():
        headers[name] = filled(template, about | {"secret": secret})
    if sender.sign:
        signed = filled(sender.sign, about | {"body": body})
        mac = hmac.new(secret.encode(), signed.encode(), hashlib.sha256)
        headers[sender.signature] = mac.hexdigest()
    return headers


def _by_wecom(sender: WeComSender) -> Callable[[str, str], None]:
    corp = Corporation(sender.url, sender.corp, lambda: secret_in(sender.secret_file))

    def send(phone: str, digits: str) -> None:
        """To who is in the corporation under that number; of anybody else WeCom says no."""
        mobile = {"mobile": phone.removeprefix(COUNTRY)}
        user = others.text_in(corp.post("/cgi-bin/user/getuserid", mobile), "userid")
        if not user:
            raise others.SaysNo("no_userid")
        message: Json = {"touser": user, "msgtype": "text", "agentid": sender.agent}
        text = {"content": filled(SAYS, {"code": digits})}
        corp.post("/cgi-bin/message/send", message | {"text": text})

    return send


def _by_mail(sender: MailSender) -> Callable[[str, str], None]:
    def send(address: str, digits: str) -> None:
        text = filled(SAYS, {"code": digits})
        mailing.mail(sender, secret_in(sender.secret_file), address, HEADING, text)

    return send

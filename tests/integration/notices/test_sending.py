"""Through apprise to real receivers: what arrives, and what is known when it does not."""

import io
import logging
import threading

import apprise
import pytest
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

from services.kit.channels import Channel
from services.xfh.commands import sending
from tests.receivers import HANGS_UP, Hook, mail_server, web_hook
from tests.servers import free_address

HEADING, TEXT = (
    "活动取消",
    "《端午包粽子》（6月13日 09:00）取消了。原因：暴雨 <预警> & more",
)
ADDRESS = "resident@example.org"


@pytest.fixture(autouse=True)
def quiet() -> None:
    sending.keep_to_ourselves()


def mail(port: int) -> Channel:
    url = f"mailto://127.0.0.1:{port}/?from=notices@example.org&to={{address}}&smtp=127.0.0.1&cto=1&rto=1"
    return Channel("mail", url, asks="mail")


def hook_channel(port: int, more: str = "") -> Channel:
    return Channel(
        "hook", f"json://127.0.0.1:{port}/{{address}}?cto=1&rto=1{more}", asks="id"
    )


def send(channel: Channel, address: str = ADDRESS) -> sending.Outcome:
    return sending.send(channel, address, HEADING, TEXT)


def test_a_mail_arrives_as_it_was_written_at_that_address_alone() -> None:
    with mail_server() as box:
        assert send(mail(box.port)) == ("made", "")
    ((to, message),) = box.mails
    assert to == ADDRESS
    assert message["subject"] == HEADING
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == TEXT


@pytest.mark.parametrize("field", ["answer", "greets"])
def test_a_mail_that_is_refused_certainly_has_not_arrived(field: str) -> None:
    with mail_server() as box:
        setattr(box, field, "550 no such mailbox")
        assert send(mail(box.port)) == ("failed", "refused")


def test_a_mail_server_that_is_away_has_got_nothing() -> None:
    assert send(mail(free_address()[1])) == ("failed", "not_reached")


def test_a_mail_whose_acceptance_was_not_heard_may_have_arrived() -> None:
    with mail_server() as box:
        box.answer = HANGS_UP
        assert send(mail(box.port)) == ("unknown", "no_answer")
    assert len(box.mails) == 1


def test_a_hook_hears_heading_and_text() -> None:
    with web_hook() as hook:
        assert send(hook_channel(hook.port), "A1") == ("made", "")
    ((path, said),) = hook.posted
    assert path.startswith("/A1")
    assert (said["title"], said["message"]) == (HEADING, TEXT)


@pytest.mark.parametrize("status", [400, 404, 500, 503])
def test_an_answer_that_says_no_is_a_failure(status: int) -> None:
    with web_hook() as hook:
        hook.status = status
        assert send(hook_channel(hook.port), "A1") == ("failed", "refused")


def test_a_hook_nobody_listens_at_has_got_nothing() -> None:
    assert send(hook_channel(free_address()[1]), "A1") == ("failed", "not_reached")


def test_a_hook_that_does_not_answer_in_time_may_have_got_it() -> None:
    released = threading.Event()
    with web_hook() as hook:
        hook.hangs = lambda: released.wait(10)
        assert send(hook_channel(hook.port), "A1") == ("unknown", "no_answer")
        released.set()
    assert len(hook.posted) == 1


def test_a_gateway_on_the_way_that_gave_up_leaves_it_unknown() -> None:
    with web_hook() as hook:
        hook.status = 504
        assert send(hook_channel(hook.port), "A1") == ("unknown", "no_answer")


# These three post to one fixed server each, which no URL can change; the class says where.
ROBOTS = [
    (
        NotifyWeComBot,
        "wecombot://abcdefgh-1234",
        "/hook/abcdefgh-1234",
        {"key": "abcdefgh-1234"},
    ),
    (
        NotifyDingTalk,
        "dingtalk://abcdefgh12345678/",
        "/hook/abcdefgh12345678",
        {"token": "abcdefgh12345678"},
    ),
    (
        NotifyFeishu,
        "feishu://abcdefgh1234/",
        "/hook/abcdefgh1234",
        {"token": "abcdefgh1234"},
    ),
]


@pytest.mark.parametrize(
    ("plugin", "url", "path", "names"), ROBOTS, ids=["wecom", "dingtalk", "feishu"]
)
def test_a_robot_is_spoken_to_in_its_own_words(
    monkeypatch: pytest.MonkeyPatch,
    plugin: type,
    url: str,
    path: str,
    names: dict[str, str],
) -> None:
    with web_hook() as hook:
        _point(monkeypatch, plugin, hook, next(iter(names)))
        assert send(Channel("robot", url, of="510108015"), "") == ("made", "")
        ((posted, said),) = hook.posted
        assert posted == path
        assert TEXT in str(said)
        hook.status = 500
        assert send(Channel("robot", url, of="510108015"), "") == ("failed", "refused")


def test_a_robot_that_says_no_in_an_answer_of_200_has_said_no(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with web_hook() as hook:
        _point(monkeypatch, NotifyFeishu, hook, "token")
        hook.says = {"code": 9499, "msg": "Bad Request"}
        assert send(Channel("robot", "feishu://abcdefgh1234/", of="510108015"), "") == (
            "failed",
            "refused",
        )


def _point(
    monkeypatch: pytest.MonkeyPatch, plugin: type, hook: Hook, name: str
) -> None:
    monkeypatch.setattr(
        plugin, "notify_url", f"http://127.0.0.1:{hook.port}/hook/{{{name}}}"
    )


def test_an_address_is_nothing_but_an_address() -> None:
    """Whatever stands in it, the message goes to the operator's server and to one recipient."""
    channel = mail(9)
    for address in (
        "a@b.example,c@d.example",
        "a@b.example&smtp=evil.example",
        "a@b.example#x",
        "file:///etc/passwd",
    ):
        receiver = apprise.Apprise(asset=sending.SENDER)
        if receiver.add(channel.url_of(address)):
            (server,) = receiver
            assert server.smtp_host == "127.0.0.1"  # type: ignore[attr-defined]


def test_what_is_sent_and_to_whom_is_in_no_log() -> None:
    """Heard where the platform's own log is written; what pytest hears, it hears of loggers that tell nobody else."""
    log = io.StringIO()
    heard, root = logging.StreamHandler(log), logging.getLogger()
    heard.addFilter(
        lambda record: not record.name.startswith("mail.")
    )  # The mail server's.
    root.addHandler(heard)
    level = root.level
    root.setLevel(logging.DEBUG)
    try:
        with mail_server() as box, web_hook() as hook:
            for channel in (mail(box.port), hook_channel(hook.port)):
                send(channel)
            box.answer, hook.status = "550 no", 500
            for channel in (mail(box.port), hook_channel(hook.port)):
                send(channel)
    finally:
        root.removeHandler(heard)
        root.setLevel(level)
    assert "example.org" not in log.getvalue()
    assert "端午" not in log.getvalue()


def test_a_url_apprise_does_not_know_is_noticed_before_anything_is_sent() -> None:
    assert sending.is_usable(mail(25))
    assert not sending.is_usable(Channel("x", "nonsense://127.0.0.1", of="510108015"))

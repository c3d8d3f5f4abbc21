"""What notices are sent to in tests: a mail server and a web hook, real ones, on this machine."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.servers import free_address

OK = "250 OK"
HANGS_UP = "takes the message, and the line breaks before it can say so"


@dataclass
class Mailbox:
    """What arrived. `answer` is what the server says to a message, `greets` to a recipient.

    Who signs in must know the `password`; nobody must.
    """

    port: int = 0
    password: str = ""
    answer: str = OK
    greets: str = OK
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)

    def lets_in(
        self, server: Any, session: Any, envelope: Any, mechanism: str, said: Any
    ) -> AuthResult:
        assert isinstance(said, LoginPassword)
        return AuthResult(
            success=said.password.decode() == self.password, handled=False
        )

    async def handle_RCPT(  # noqa: N802
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.greets == OK:
            envelope.rcpt_tos.append(address)
        return self.greets

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer in {OK, HANGS_UP}:
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append((envelope.rcpt_tos[0], mail))
        if self.answer == HANGS_UP:
            server.transport.abort()
        return self.answer


@contextmanager
def mail_server(port: int = 0) -> Iterator[Mailbox]:
    box = Mailbox(port or free_address()[1])
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        authenticator=box.lets_in,
        auth_require_tls=False,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@dataclass
class Hook:
    """What was posted. `status` is what it answers, `says` with which body; `hangs` until it is let go."""

    port: int = 0
    status: int = 200
    says: dict[str, Any] = field(default_factory=dict)
    posted: list[tuple[str, Any]] = field(default_factory=list)
    hangs: Callable[[], object] = lambda: None


@contextmanager
def web_hook() -> Iterator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.posted.append((self.path, json.loads(body)))
            hook.hangs()
            answer = json.dumps(hook.says).encode()
            self.send_response(hook.status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

"""Notices over HTTP in and by mail out, with every process of the platform running."""

import json
import os
import signal
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from services.kit.actor import Role
from services.kit.bearers import tokens
from services.xfh.commands import divisions
from tests.clocks import HUNG_S, wait_until
from tests.examples.partners import COMMANDS
from tests.receivers import mail_server
from tests.servers import Platform, platform, text

COMMUNITY = "510108002001"
CHANNELS = """
[mail]
url = "mailto://127.0.0.1:{port}/?from=notices@example.org&to={{address}}&smtp=127.0.0.1"
asks = "mail"
"""


def ask(running: Platform, path: str, token: str, **body: Any) -> Any:
    """A command with a body, else a question."""
    data = json.dumps(body).encode() if body else None
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(
        f"http://{text(running.address)}/api/v1{path}", data, headers
    )
    with urllib.request.urlopen(request, timeout=HUNG_S) as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize(
    "broker", [False, True], ids=["embedded", "a process a service"]
)
def test_a_decision_arrives_by_mail_once_even_when_what_sends_is_killed(
    tmp_path: Path, rabbitmq: str, broker: bool
) -> None:
    with mail_server() as box:
        channels = tmp_path / "channels.toml"
        channels.write_text(CHANNELS.format(port=box.port))
        with platform(
            tmp_path, rabbitmq if broker else "local:", channels=str(channels)
        ) as running:
            divisions.load(running.settings)
            resident = tokens.issue(
                running.settings, "R1", [Role("resident", COMMUNITY)], hours=1
            )
            street = tokens.issue(
                running.settings, "A2", [Role("street_admin", COMMUNITY[:9])], hours=1
            )
            ask(
                running,
                "/me/notices/addresses",
                resident,
                channel="mail",
                address="demo@example.org",
            )

            def decided(name: str, reason: str) -> None:
                said = {
                    **COMMANDS["apply"],
                    "kind": "居民骨干",
                    "name": name,
                    "community": COMMUNITY,
                }
                said.pop("credit_code")
                id = ask(running, "/partners", resident, **said)["document"]["id"]
                ask(running, f"/partners/{id}/reject", street, reason=reason)

            decided("演示一", "材料不全")
            wait_until(lambda: len(box.mails) == 1)
            os.kill(running.parts()["deliver"], signal.SIGKILL)
            decided("演示二", "还是不全")
            wait_until(lambda: len(box.mails) == 2)
            assert [mail["subject"] for _, mail in box.mails] == [
                "合伙人审核未通过"
            ] * 2
            texts = [
                item["text"] for item in ask(running, "/me/notices", resident)["items"]
            ]
            assert texts == [
                "居民骨干的申请没有通过：还是不全",
                "居民骨干的申请没有通过：材料不全",
            ]
            assert ask(running, "/me/notices/unread", resident) == {"unread": 2}
            time.sleep(2)
            assert len(box.mails) == 2

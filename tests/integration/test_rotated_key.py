"""The key of the door is replaced: what was derived from it ends or holds, and says which."""

from pathlib import Path
from typing import Any

import pytest

from services.activities.service import Activities
from services.kit.actor import ANONYMOUS, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.errors import Unknown
from tests.clocks import HUNG_S

ME = Actor("R1", (Role("resident", "510108"),))


class Platform:
    """The activities service on the files of a folder, as one process after another."""

    def __init__(self, folder: Path):
        self._settings = Settings(data=folder, store=f"sqlite:{folder}")
        self.restart()

    def restart(self) -> None:
        self._bus = LocalBus()
        self._bus.host(Activities, self._settings)

    def stop(self) -> None:
        self._bus.stop()

    def replace_key(self) -> None:
        self.stop()
        (self._settings.keys / "door.key").unlink()
        self.restart()

    def ask(self, name: str, actor: Actor = ME, **said: Any) -> Any:
        return self._bus.call(
            "activities",
            name,
            said,
            actor=actor,
            key=name,
            deadline=Deadline.after(HUNG_S),
        )


def test_a_personal_calendar_moves_to_a_new_address(tmp_path: Path) -> None:
    platform = Platform(tmp_path)
    platform.ask("issue_calendar")
    before = platform.ask("my_calendar")["secret"]
    platform.replace_key()
    with pytest.raises(Unknown) as refused:
        platform.ask("personal_calendar", ANONYMOUS, secret=before)
    assert (refused.value.code, "重新订阅" in refused.value.title) == (
        "address_changed",
        True,
    )
    after = platform.ask("my_calendar")["secret"]
    assert (
        platform.ask("personal_calendar", ANONYMOUS, secret=after)["name"] == "我的活动"
    )
    platform.stop()

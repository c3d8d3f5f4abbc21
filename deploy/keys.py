"""Makes the keys, and hands each process no more of them than it needs.

Run once before the others start: the gateway gets what verifies a token and what seals its cursors, `activities` what
signs a check-in code, `metrics` what signs a link to a report, `people` what finds a number, makes the ways in and
signs tokens, it and `branches` what signs seals, every service what opens people's data keys. Run it again after
`xfh keys`, and all have the new ones.
"""

import sys
from pathlib import Path
from shutil import copy

from services.kit import config, signing_keys, tokens
from services.xfh import registry


def hand_out(settings: config.Settings, to: Path) -> None:
    """May be run again: the keys are made only once, and what signed before is handed out as long as it is believed."""
    tokens.public_key(settings)
    settings.door_key()
    settings.report_key()
    settings.cursor_key()
    settings.phone_key()
    settings.way_key()
    settings.seal_key()
    settings.master_keys()
    copy(settings.keys / "token.pub.pem", to / "gateway")
    for former in signing_keys.former_keys(settings):
        copy(former, to / "gateway")
    copy(settings.keys / "cursor.key", to / "gateway")
    copy(settings.keys / "door.key", to / "activities")
    copy(settings.keys / "report.key", to / "metrics")
    copy(settings.keys / "phone.key", to / "people")
    copy(settings.keys / "way.key", to / "people")
    copy(settings.keys / "token.pem", to / "people")
    for service in ("people", "branches"):
        copy(settings.keys / "seal.pem", to / service)
    for service in registry.SERVICES:
        copy(settings.keys / "master.key", to / service)


if __name__ == "__main__":
    hand_out(config.load(), Path(sys.argv[1]))

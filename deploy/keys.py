"""Makes the keys, and hands each process no more of them than it needs.

Run once before the others start: the gateway gets what verifies a token and what seals its cursors, `activities` what
signs a check-in code, `metrics` what signs a link to a report, `people` what finds a number, makes the ways in and
signs tokens, it and `branches` what signs seals, who asks and answers sealed what seals that, every service what opens
people's data keys. Run it again after `xfh keys`, and all have the new ones.
"""

import sys
from pathlib import Path
from shutil import copy

from services.kit import config
from services.kit.bearers import signing_keys
from services.xfh import registry
from services.xfh.commands.keys import make_all


def hand_out(settings: config.Settings, to: Path) -> None:
    """May be run again: the keys are made only once, and what signed before is handed out as long as it is believed."""
    make_all(settings)
    for part, names in registry.SECRETS.items():
        for name in names:
            copy(settings.keys / name, to / part)
    for former in signing_keys.former_keys(settings):
        copy(former, to / "gateway")


if __name__ == "__main__":
    hand_out(config.load(), Path(sys.argv[1]))

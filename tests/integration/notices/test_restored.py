"""After a backup is restored nothing is sent that may have been sent before, and what is told from then on is."""

import argparse
from dataclasses import replace
from pathlib import Path

from services.xfh.commands import backup, restore
from tests.integration.gateway_stage import gateway
from tests.integration.notices.stage import Stage, stage


def test_what_was_sent_after_the_backup_is_not_sent_again(tmp_path: Path) -> None:
    made, place = tmp_path / "backup", tmp_path / "restored"
    with stage(tmp_path / "before") as before:
        before.begin(1)
        before.give()
        before.approve_one()
        before.deliver()
        before.approve_one()  # Told, and not planned when the backup is made.
        with backup.every_store(before.front.settings) as stores:
            backup.backup(before.front.settings, stores, made)
        before.deliver()
        assert len(before.box.mails) == 2
        there = replace(
            before.front.settings, data=place, store=f"sqlite:{place}", clock_file=""
        )
        assert restore.run(there, argparse.Namespace(folder=made, notes=None)) == 0
        with gateway(place, before.front.settings.channels) as front:
            after = Stage(
                front,
                before.box,
                before.hook,
                place / "clock",
                before.person,
                applied=10,
            )
            after.deliver()
            assert len(before.box.mails) == 2
            assert len(after.inbox()) == 2
            after.approve_one()
            after.deliver()
            assert len(before.box.mails) == 3

"""The catalogue has every event, whatever has been imported before."""

import json
import re
import subprocess
import sys
from pathlib import Path

import schemas
from schemas import catalogue

FOLDER = Path(schemas.__file__).parent


def test_whoever_asks_alone_finds_every_event_a_schema_declares() -> None:
    texts = (file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.py"))
    written = re.findall(r'^@event\("(.+)"\)', "\n".join(texts), re.MULTILINE)
    ask = "import json; from schemas.catalogue import EVENTS; print(json.dumps(sorted(EVENTS)))"
    asked_alone = subprocess.run(
        [sys.executable, "-c", ask], check=True, capture_output=True, cwd=FOLDER.parent
    )
    assert json.loads(asked_alone.stdout) == sorted(written)


def test_an_event_has_all_versions_of_its_name() -> None:
    applied = {f"partner_applied.v{number}" for number in (1, 2, 3)}
    assert catalogue.versions("partner_applied.v2") == applied

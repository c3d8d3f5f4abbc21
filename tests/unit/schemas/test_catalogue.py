"""The catalogue has every event, whatever has been imported before; a service that runs has its own."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import schemas
from schemas import catalogue
from services.xfh.registry import SERVICES

FOLDER = Path(schemas.__file__).parent
TYPE = re.compile(r'"(\w+\.v\d+)"')


def declared_in(*files: Path) -> set[str]:
    texts = (file.read_text(encoding="utf-8") for file in files)
    return set(re.findall(r'^@event\("(.+)"\)', "\n".join(texts), re.MULTILINE))


def known_to_who_runs(lines: str) -> set[str]:
    ask = f"import json; {lines}; print(json.dumps(sorted(EVENTS)))"
    asked_alone = subprocess.run(
        [sys.executable, "-c", ask], check=True, capture_output=True, cwd=FOLDER.parent
    )
    return set(json.loads(asked_alone.stdout))


def test_whoever_asks_alone_finds_every_event_a_schema_declares() -> None:
    known = known_to_who_runs("from schemas.catalogue import EVENTS")
    assert known == declared_in(*FOLDER.rglob("*.py"))


def test_a_service_that_is_loaded_knows_its_own_events_and_the_kits() -> None:
    loading = "from schemas.events import DECLARED as EVENTS, load; load('people')"
    own = declared_in(*(FOLDER / "people").rglob("*.py"), FOLDER / "kit.py")
    assert known_to_who_runs(loading) == own


@pytest.mark.parametrize("service", SERVICES)
def test_what_a_service_records_is_declared_in_its_own_room(service: str) -> None:
    room = [*FOLDER.glob(f"{service}.py"), *(FOLDER / service).rglob("*.py")]
    own = declared_in(*room)
    rules = (FOLDER.parent / "services" / service / "rules").rglob("*.py")
    named = {type for file in rules for type in TYPE.findall(file.read_text("utf-8"))}
    assert named & catalogue.EVENTS.keys() <= own


def test_an_event_has_all_versions_of_its_name() -> None:
    applied = {f"partner_applied.v{number}" for number in (1, 2, 3)}
    assert catalogue.versions("partner_applied.v2") == applied

"""What a client was told: a line for each request that came to an end, on the disk before the next one begins."""

import json
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """How one request ended, after however many attempts. `status` 0: it was never answered."""

    key: str
    status: int
    event: str
    sequence: int
    code: str
    attempts: int
    longest_ms: float

    @property
    def acknowledged(self) -> bool:
        return 200 <= self.status < 300


class Ledger:
    def __init__(self, path: Path):
        self._file = path.open("a", encoding="utf-8")
        self._writing = threading.Lock()

    def close(self) -> None:
        self._file.close()

    def write(self, told: Told) -> None:
        with self._writing:
            self._file.write(json.dumps(asdict(told)) + "\n")
            self._file.flush()


def read(path: Path) -> list[Told]:
    return list(_lines(path))


def _lines(path: Path) -> Iterator[Told]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            fields: dict[str, Any] = json.loads(line)
            yield Told(**fields)

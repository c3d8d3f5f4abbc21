"""The store on SQLite: one file per service, WAL.

The log's connection is `synchronous=FULL`: an appended event is on the disk before anyone hears of it. The
views' connection is `NORMAL`: after a power cut they may be older than the log, never inconsistent, and the
log brings them up again.

A file that cannot be used is no defect: whoever asks is told so in a sentence that names it, and may ask again later.
"""

from collections.abc import Sequence
from pathlib import Path

from services.kit.engines.sqlite.store import SQLiteStore
from services.kit.errors import Unavailable
from services.kit.private import private_file, private_folder
from services.kit.views import (
    Collection,
)


def is_there(url: str, service: str) -> bool:
    """Whether the file is. Makes none."""
    return _file(url, service).is_file()


def _file(url: str, service: str) -> Path:
    return Path(url.removeprefix("sqlite:")) / f"{service}.sqlite"


def open_store(
    url: str, service: str, collections: Sequence[Collection]
) -> "SQLiteStore":
    """The file is made when it is not there, and readable to its owner alone. Raises `Unavailable`."""
    path = _file(url, service)
    try:
        _keep_to_ourselves(path)
    except OSError as error:
        raise Unavailable(f"打不开数据文件 {path.name}，请稍后重试") from error
    return SQLiteStore(path, collections)


def _keep_to_ourselves(path: Path) -> None:
    private_folder(path.parent)
    private_file(path)  # What SQLite makes beside it has the same mode.
    for beside in path.parent.glob(f"{path.name}-*"):
        private_file(beside)

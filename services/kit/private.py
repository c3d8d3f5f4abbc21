"""Files with secrets or with what people wrote: nobody but the platform's own user may read them, nor their folder."""

import os
import stat
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OURS = {".sqlite", ".key", ".pem"}


def private_folder(folder: Path) -> None:
    """Makes the folder, or takes from others what an earlier version or an operator let them do in it.

    Only in one that is empty or the platform's: somebody may name a folder that others live in.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    if _is_the_platforms(folder):
        _keep_to_ourselves(folder)


def private_file(path: Path) -> None:
    """Makes an empty file, or takes from others what they may do with the one there."""
    os.close(os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NONBLOCK, FILE))
    _keep_to_ourselves(path)


def _is_the_platforms(folder: Path) -> bool:
    inside = list(folder.iterdir())
    return not inside or any(
        path.suffix in OURS or (path.name == "keys" and path.is_dir())
        for path in inside
    )


def _keep_to_ourselves(path: Path) -> None:
    """Leaves alone what is not ours, not to be written, or shared by all like `/tmp`, and what is no file or folder."""
    about = path.stat()
    ours = about.st_uid == os.geteuid() and not os.statvfs(path).f_flag & os.ST_RDONLY
    plain = stat.S_ISREG(about.st_mode) or (
        stat.S_ISDIR(about.st_mode) and not about.st_mode & stat.S_ISVTX
    )
    if ours and plain and about.st_mode & 0o077:
        path.chmod(stat.S_IMODE(about.st_mode) & ~0o077)

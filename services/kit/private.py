"""Files with secrets or with what people wrote: nobody but the platform's own user may read them, nor their folder."""

import os
import stat
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077  # What a group and all others may do.
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
    how = os.O_RDONLY | os.O_CREAT | os.O_NONBLOCK
    os.close(os.open(path, how, FILE))
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
    ours = about.st_uid == os.geteuid()
    if not ours or _is_read_only(path) or not _is_plain(about.st_mode):
        return
    if about.st_mode & OTHERS:
        path.chmod(stat.S_IMODE(about.st_mode) & ~OTHERS)


def _is_read_only(path: Path) -> bool:
    return bool(os.statvfs(path).f_flag & os.ST_RDONLY)


def _is_plain(mode: int) -> bool:
    """A file, or a folder that is not shared by all."""
    if stat.S_ISREG(mode):
        return True
    return stat.S_ISDIR(mode) and not mode & stat.S_ISVTX

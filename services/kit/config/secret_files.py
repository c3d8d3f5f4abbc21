"""Files of secrets: made at most once, for their owner alone, and replaced at once."""

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from services.kit.private import private_file, private_folder


def secret_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes in `path`, made first when there are none. Two processes starting at once agree on one."""
    if not path.exists():
        private_folder(path.parent)
        draft = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        only_new = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        descriptor = os.open(draft, only_new, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
        with suppress(
            FileExistsError
        ):  # The other process was first; both read what it wrote.
            os.link(draft, path)
        draft.unlink()
    private_file(path)
    return path.read_bytes()


def replace_secret(path: Path, content: bytes) -> None:
    """In the place of what is there, at once: who reads it finds the old or the new."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    secret_file(draft, lambda: content)
    draft.replace(path)

"""Files that an operator types: their text, their tables, and in words why one cannot be read."""

import errno
import tomllib
from pathlib import Path
from typing import Any

WHY = {
    errno.ENOENT: "没有这个文件或文件夹，请核对路径",
    errno.EACCES: "没有权限，请换一个用户或改文件的权限",
    errno.EISDIR: "这是一个文件夹，应为文件",
    errno.ENOTDIR: "路径的中间不是文件夹",
    errno.ENAMETOOLONG: "路径太长，请核对路径",
    errno.ELOOP: "链接绕成了一圈，请核对路径",
    errno.ENOSPC: "磁盘已满，没有做完，请先腾出空间",
    errno.EDQUOT: "磁盘配额已满，没有做完，请先腾出空间",
    errno.EROFS: "这个磁盘只能读，请换一个地方",
    errno.EADDRINUSE: "这个地址已有程序在用",
}


def why(error: OSError) -> str:
    """What the system calls it where nobody thought of that."""
    return WHY.get(error.errno or 0, str(error.strerror or error))


def text_in(path: Path) -> str:
    """What the file says, without the mark that Windows' editor begins it with. Raises `ValueError` in a sentence."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValueError(f"打不开这个文件：{why(error)}") from error
    except ValueError as error:
        is_decoded = isinstance(error, UnicodeDecodeError)
        says = "应为 UTF-8 文件" if is_decoded else "文件名里有不能用的字符"
        raise ValueError(says) from error


def tables_in(text: str) -> dict[str, Any]:
    """TOML's tables. Raises `ValueError` in a sentence."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"不是正确的 TOML：{error}") from error
    except (ValueError, RecursionError) as error:
        raise ValueError("不是正确的 TOML：数字太大，或者套得太深") from error

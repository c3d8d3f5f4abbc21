"""The one reading of an address: what is not written as the API writes its addresses is none of them.

Two parts that read `//api/v1/…` or `%2F` differently would let somebody past one of them.
"""

import re
from typing import Any

from services.kit.errors import Unknown

API = "/api/v1"
PATH = re.compile(r"(/(?!\.{1,2}(/|\Z))[^/\\]+)+")
WITH_A_SLASH_AT_THE_END = {"/", f"{API}/"}
# From another host's view, or with a hidden slash.
SENT_OTHERWISE = re.compile(r"[^/]|/[^?]*(#|%2[fF]|%5[cC])")
NO_ADDRESS = "没有这个地址"


def is_one(environ: dict[str, Any]) -> bool:
    """True for a path of plain segments, none empty, `.` or `..`, in which every slash is written as one."""
    path = environ["PATH_INFO"]
    if SENT_OTHERWISE.match(environ.get("RAW_URI", path)):
        return False
    return PATH.fullmatch(path) is not None or path in WITH_A_SLASH_AT_THE_END


def must_be_one(environ: dict[str, Any]) -> None:
    """Raises `Unknown`."""
    if not is_one(environ):
        raise Unknown(NO_ADDRESS)

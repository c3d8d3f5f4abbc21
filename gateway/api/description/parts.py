"""Finding one's way in a description."""

import re
from collections.abc import Iterator
from typing import Any

Description = dict[str, Any]
METHODS = ("get", "post")


def operations(api: Description) -> Iterator[Description]:
    for methods in api["paths"].values():
        yield from (operation for method, operation in methods.items() if method in METHODS)


def resolved(api: Description, part: Description) -> Description:
    """What a reference stands for; what stands beside it counts first."""
    if "$ref" not in part:
        return part
    found: Description = api
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return {**resolved(api, found), **{name: said for name, said in part.items() if name != "$ref"}}


def camel(name: str) -> str:
    """`sign_up` as `SignUp`."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name))

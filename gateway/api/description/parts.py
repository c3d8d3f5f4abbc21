"""Finding one's way in a description."""

import re
from collections.abc import Iterator

from schemas.documents import Json, without

METHODS = ("get", "post")


def operations(api: Json) -> Iterator[Json]:
    """Each operation of the description, to be read or changed in place."""
    for methods in api["paths"].values():
        for method, operation in methods.items():
            if method in METHODS:
                yield operation


def resolved(api: Json, part: Json) -> Json:
    """What a reference stands for; what stands beside it counts first."""
    if "$ref" not in part:
        return part
    target: Json = api
    for name in part["$ref"].removeprefix("#/").split("/"):
        target = target[name]
    return resolved(api, target) | without(part, "$ref")


def camel(name: str) -> str:
    """`sign_up` as `SignUp`."""
    words = re.split(r"[^A-Za-z0-9]+", name)
    return "".join(map(_capital, words))


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]

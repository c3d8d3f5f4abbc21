"""Finding one's way in a description."""

import re
from collections.abc import Iterator

from schemas.documents import Json

METHODS = ("get", "post")


def operations(api: Json) -> Iterator[Json]:
    for methods in api["paths"].values():
        yield from (
            operation for method, operation in methods.items() if method in METHODS
        )


def resolved(api: Json, part: Json) -> Json:
    """What a reference stands for; what stands beside it counts first."""
    if "$ref" not in part:
        return part
    found: Json = api
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return {
        **resolved(api, found),
        **{name: said for name, said in part.items() if name != "$ref"},
    }


def camel(name: str) -> str:
    """`sign_up` as `SignUp`."""
    return "".join(
        word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", name)
    )

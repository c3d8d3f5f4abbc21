"""JSON objects, which is what travels here, and three things often done with them. None changes what it is given."""

from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]


def pick(doc: Mapping[str, Any], *names: str) -> Json:
    """These fields of it. Raises `KeyError` when one is not there."""
    return {name: doc[name] for name in names}


def pick_present(doc: Mapping[str, Any], *names: str) -> Json:
    """Those of these fields that it has."""
    return {name: doc[name] for name in names if name in doc}


def without(doc: Mapping[str, Any], *names: str) -> Json:
    """All its fields but these."""
    return {name: value for name, value in doc.items() if name not in names}


def if_any(**fields: Any) -> Json:
    """The fields that say something: neither None nor empty words or lists; zero and False are said."""
    return {
        name: value
        for name, value in fields.items()
        if value is not None and value not in ("", [], ())
    }

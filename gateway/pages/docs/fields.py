"""What may be sent and what comes back, in a few words for each field."""

from dataclasses import dataclass

from gateway.api.description.parts import resolved
from schemas.documents import Json

KINDS = {
    "string": "文字", "integer": "整数", "number": "数", "boolean": "true 或 false",
    "array": "列表", "object": "对象", "null": "null",
}  # fmt: skip
FORMATS = {"date-time": "时间", "date": "日期"}
BOUNDS = (
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
)


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    about: str
    required: bool


def of_parameters(api: Json, operation: Json) -> list[Field]:
    """Those in the path, the query and the head, in this order."""
    return [
        Field(
            parameter["name"],
            kind(api, parameter["schema"]),
            parameter.get("description", ""),
            parameter.get("required", False),
        )
        for parameter in (resolved(api, one) for one in operation["parameters"])
    ]


def of_schema(api: Json, schema: Json) -> list[Field]:
    shown = resolved(api, schema)
    required = shown.get("required", [])
    return [
        Field(name, kind(api, field), field.get("description", ""), name in required)
        for name, field in shown.get("properties", {}).items()
    ]


def kind(api: Json, schema: Json) -> str:
    """What may stand there, in a few words: `文字 1–60`, `文体、助老…`, `列表 1–6：person、relation`."""
    shown = resolved(api, schema)
    if "enum" in shown:
        return "、".join(shown["enum"])
    if "properties" in shown:
        return "、".join(shown["properties"])
    item = f"：{kind(api, shown['items'])}" if "items" in shown else ""
    return f"{_type(shown)}{_range(shown)}{item}"


def _type(schema: Json) -> str:
    types = schema.get("type", "object")
    listed = [types] if isinstance(types, str) else types
    words = [KINDS.get(type, type) for type in listed]
    return FORMATS.get(schema.get("format", ""), " 或 ".join(words))


def _range(schema: Json) -> str:
    for least, most in BOUNDS:
        if most in schema:
            return f" {schema.get(least, 0)}–{schema[most]}"
    return ""

"""An example for each operation: what to send, and what comes back. People and places in it are invented."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from gateway.api.description.parts import operations, resolved
from gateway.edge.responses import JSON
from schemas.documents import Json

DAY, MOMENT = "2026-06-13", "2026-06-13T01:00:00.000Z"
ID, COMMUNITY = "01JXA3V9Q2M8T6K4R7W5N1B0CD", "510108002001"
# By the name of the field, where what kind of field it is does not say enough.
VALUES: Mapping[str, tuple[Any, ...]] = {
    "actor": ("worker-1",),
    "address": ("lin@example.org",),
    "at": (MOMENT,),
    "by": ("worker-1",),
    "campaign": ("我们的节日",),
    "code": ("ABCDEFGHJKLMNPQRSTUVWXYZ23",),
    "company": ("成华云直播有限公司",),
    "contact_role": ("联络员",),
    "credit_code": ("91510108MA6TE5T178",),
    "cutoff": ("2026-06-12T12:00:00.000Z",),
    "detail": ("手机号不对",),
    "dimension": ("all",),
    "due": ("2026-06-30",),
    "ends_at": ("2026-06-13T03:00:00.000Z",),
    "event": ("活动",),
    "figure": ("person_times",),
    "grid": ("W-0101",),
    "held_at": (MOMENT,),
    "host": (f"community/{COMMUNITY}",),
    "issuer": (f"community/{COMMUNITY}",),
    "later": (2,),
    "member": ({"person": "lin-mei", "relation": "family"},),
    "minutes": (90,),
    "name": ("锦灯供电服务所", "望平社区"),
    "owner": (f"community/{COMMUNITY}",),
    "period": ("2026-06",),
    "person": ("lin-mei",),
    "place": ("望平社区党群服务中心",),
    "reason": ("场地检修",),
    "repeats": ("FREQ=WEEKLY;COUNT=4",),
    "scope": ("510108002", "510108"),
    "since": (DAY, MOMENT),
    "starts_at": (MOMENT,),
    "state_text": ("已发布",),
    "text": ("端午",),
    "title": ("端午包粽子",),
    "to": ("2026-06-30",),
    "upto": ("2026-05-31T12:00:00.000Z",),
    "until": ("2026-12-31", "2026-06-13T03:00:00.000Z"),
    "valid_until": ("2026-12-31",),
    "words": ("楼道的灯不亮，老人上下楼不方便",),
}
# For fields that are told by a pattern: the first that it takes.
SAMPLES = (
    ID, COMMUNITY, "510108002", "510108", f"community/{COMMUNITY}", "unit/U1", "lin-mei", "2026-06", DAY, "2026",
    "09:00", "18:00", "lin@example.org", "K7M2P9", "K7M2P5K7M2P5K7M2",
    "example", "1",
)  # fmt: skip
# Said where they may be, and in some places must.
ALSO = ("community", "credit_code", "division", "period", "person")
FORMATS = {"date": DAY, "date-time": MOMENT}


def add_them(api: Json) -> None:
    """To every operation of the description, in place: for its parameters, its body and its good answers."""
    for operation in operations(api):
        for parameter in operation["parameters"]:
            if _is_shown(parameter):
                schema, name = parameter["schema"], parameter["name"]
                parameter["example"] = example(api, schema, name)
        for body in _bodies(operation):
            body["example"] = example(api, body["schema"])


def _is_shown(parameter: Json) -> bool:
    if "schema" not in parameter:
        return False
    return parameter.get("required", False) or parameter["name"] in ALSO


def _bodies(operation: Json) -> Iterator[Json]:
    """The JSON that is sent, and that which is answered when all went well."""
    parts = [operation.get("requestBody", {})]
    for status, answer in operation["responses"].items():
        if status.startswith("2"):
            parts.append(answer)
    for part in parts:
        if JSON in part.get("content", {}):
            yield part["content"][JSON]


def example(api: Json, schema: Json, name: str = "") -> Any:
    """What may stand there; of an object what it must have."""
    shown = resolved(api, schema)
    if "example" in shown:
        return shown["example"]
    for value in VALUES.get(name, ()):
        if _fits(shown, value):
            return value
    return _made(api, shown, name)


def _made(api: Json, schema: Json, name: str) -> Any:
    for word in ("const", "default"):
        if word in schema:
            return schema[word]
    if "enum" in schema:
        return schema["enum"][0]
    match _kind(schema):
        case "object":
            return _object(api, schema)
        case "array":
            return _array(api, schema, name)
        case "integer" | "number":
            return min(max(1, schema.get("minimum", 1)), schema.get("maximum", 1))
        case "boolean":
            return True
    return _text(schema)


def _array(api: Json, schema: Json, name: str) -> list[Any]:
    item = example(api, schema["items"], name.removesuffix("s"))
    return [item] * max(1, schema.get("minItems", 1))


def _object(api: Json, schema: Json) -> Json:
    fields = schema.get("properties", {})
    shown = (*schema.get("required", []), *ALSO)
    return {
        name: example(api, field, name)
        for name, field in fields.items()
        if name in shown
    }


def _text(schema: Json) -> str:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    if "pattern" in schema:
        return next(filter(partial(_fits, schema), SAMPLES), "文字")
    return "文字"


def _fits(schema: Json, value: Any) -> bool:
    """Whether it may stand there, as far as the kinds of fields here say it."""
    if "enum" in schema:
        return value in schema["enum"]
    if isinstance(value, dict):
        return _kind(schema) == "object"
    if isinstance(value, int):
        return _kind(schema) == "integer" and _is_within(schema, value)
    return _kind(schema) == "string" and _is_such_a_text(schema, value)


def _is_within(schema: Json, value: int) -> bool:
    least, most = schema.get("minimum", value), schema.get("maximum", value)
    return bool(least <= value <= most)


def _is_such_a_text(schema: Json, text: str) -> bool:
    if len(text) > schema.get("maxLength", len(text)):
        return False
    if "pattern" in schema:
        return re.search(schema["pattern"], text) is not None
    form = FORM_OF.get(schema.get("format", ""))
    return form is None or form.search(text) is not None


FORM_OF = {"date": re.compile(r"^.{10}$"), "date-time": re.compile(r"T.*Z$")}


def _kind(schema: Json) -> str:
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kinds, str):
        return kinds
    return str(next(kind for kind in kinds if kind != "null"))

"""An example for each operation: what to send, and what comes back. People and places in it are invented."""

import re
from collections.abc import Mapping
from typing import Any

from gateway.api.description.parts import operations, resolved
from schemas.documents import Json

JSON = "application/json"
DAY, MOMENT = "2026-06-13", "2026-06-13T01:00:00.000Z"
ID, COMMUNITY = "01JXA3V9Q2M8T6K4R7W5N1B0CD", "510108002001"
# By the name of the field, where what kind of field it is does not say enough.
SAID: Mapping[str, tuple[Any, ...]] = {
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
    "until": ("2026-12-31", "2026-06-13T03:00:00.000Z"),
    "valid_until": ("2026-12-31",),
    "words": ("楼道的灯不亮，老人上下楼不方便",),
}
# For fields that are told by a pattern: the first that it takes.
SAMPLES = (
    ID, COMMUNITY, "510108002", "510108", f"community/{COMMUNITY}", "unit/U1", "lin-mei", "2026-06", DAY, "2026",
    "09:00", "18:00", "lin@example.org", "K7M2P9", "example", "1",
)  # fmt: skip
ALSO = (
    "credit_code",
    "division",
    "period",
    "person",
)  # Said where they may be, and in some places must.
FORMATS = {"date": DAY, "date-time": MOMENT}


def add_them(api: Json) -> None:
    for operation in operations(api):
        for parameter in operation["parameters"]:
            if "schema" in parameter and (
                parameter.get("required") or parameter["name"] in ALSO
            ):
                parameter["example"] = example(
                    api, parameter["schema"], parameter["name"]
                )
        contents = (
            [operation["requestBody"]["content"]] if "requestBody" in operation else []
        )
        contents += [
            answer.get("content", {})
            for status, answer in operation["responses"].items()
            if _is_done(status)
        ]
        for said in (content[JSON] for content in contents if JSON in content):
            said["example"] = example(api, said["schema"])


def _is_done(status: str) -> bool:
    return status.startswith("2")


def example(api: Json, schema: Json, name: str = "") -> Any:
    """What may stand there; of an object what it must have."""
    shown = resolved(api, schema)
    known = next((said for said in SAID.get(name, ()) if _fits(shown, said)), None)
    return _made(api, shown, name) if known is None else known


def _made(api: Json, schema: Json, name: str) -> Any:
    for word in ("example", "const", "default"):
        if word in schema:
            return schema[word]
    if "enum" in schema:
        return schema["enum"][0]
    match _kind(schema):
        case "object":
            return _object(api, schema)
        case "array":
            return [example(api, schema["items"], name.removesuffix("s"))] * max(
                1, schema.get("minItems", 1)
            )
        case "integer" | "number":
            return min(max(1, schema.get("minimum", 1)), schema.get("maximum", 1))
        case "boolean":
            return True
    return _text(schema)


def _object(api: Json, schema: Json) -> Json:
    fields, required = schema.get("properties", {}), schema.get("required", [])
    return {
        name: example(api, field, name)
        for name, field in fields.items()
        if name in (*required, *ALSO)
    }


def _text(schema: Json) -> str:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    return next(
        (said for said in SAMPLES if "pattern" in schema and _fits(schema, said)),
        "文字",
    )


def _fits(schema: Json, said: Any) -> bool:
    """Whether it may stand there, as far as the kinds of fields here say it."""
    if "enum" in schema:
        return said in schema["enum"]
    if isinstance(said, dict):
        return _kind(schema) == "object"
    if isinstance(said, int):
        return _kind(schema) == "integer" and schema.get(
            "minimum", said
        ) <= said <= schema.get("maximum", said)
    if _kind(schema) != "string" or not len(said) <= schema.get("maxLength", len(said)):
        return False
    if "pattern" in schema:
        return re.search(schema["pattern"], said) is not None
    return (
        FORM_OF.get(schema.get("format", ""), re.compile("")).search(said) is not None
    )


FORM_OF = {"date": re.compile(r"^.{10}$"), "date-time": re.compile(r"T.*Z$")}


def _kind(schema: Json) -> str:
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    return (
        kinds
        if isinstance(kinds, str)
        else str(next(kind for kind in kinds if kind != "null"))
    )

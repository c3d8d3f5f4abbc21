"""Each list of words has one name in the description, so that programs made from it have one type for each."""

from typing import Any

from gateway.api.description.parts import camel, operations
from schemas.documents import Json

FEWEST = 2  # One word is no choice.


def name_them(api: Json) -> None:
    """Replaces each list of words by a reference to it: called after the first schema and field that has it."""
    names = Names(api["components"]["schemas"])
    for schema_name, schema in list(api["components"]["schemas"].items()):
        _inside(schema, schema_name, names)
    for operation in operations(api):
        for parameter in operation["parameters"]:
            if "schema" in parameter:
                owner = f"{camel(operation['operationId'])}{camel(parameter['name'])}"
                parameter["schema"] = _named(parameter["schema"], owner, names)


class Names:
    """The lists of words that have a name."""

    def __init__(self, schemas: Json):
        self._schemas = schemas
        self._names: dict[tuple[str, ...], str] = {}

    def of(self, words: list[str], suggested: str) -> str:
        key = tuple(words)
        if key not in self._names:
            name = suggested if suggested not in self._schemas else f"{suggested}Words"
            self._schemas[name] = {"type": "string", "enum": words}
            self._names[key] = name
        return self._names[key]


def _inside(schema: Json, owner: str, names: Names) -> None:
    """Looks at the fields of a schema."""
    fields = schema.get("properties", {})
    for name, field in fields.items():
        fields[name] = _named(field, f"{owner}{camel(name)}", names)


def _named(field: Json, suggested: str, names: Names) -> Json:
    if "items" in field:
        return {**field, "items": _named(field["items"], suggested, names)}
    if not _is_choice(field):
        return field
    reference = {"$ref": f"#/components/schemas/{names.of(field['enum'], suggested)}"}
    return reference | {
        name: field[name] for name in ("description", "default") if name in field
    }


def _is_choice(field: dict[str, Any]) -> bool:
    return field.get("type") == "string" and len(field.get("enum", ())) >= FEWEST

"""Each list of words has one name in the description, so that programs made from it have one type for each."""

from gateway.api.description.members import members
from gateway.api.description.parts import camel, operations
from schemas.documents import Json, if_any, pick_present

FEWEST = 2  # One word is no choice.


def name_them(api: Json) -> None:
    """Replaces each list of words by a reference to it: called after the first schema and field that has it."""
    schemas = api["components"]["schemas"]
    names = Names(schemas)
    for name, schema in list(schemas.items()):
        _name_fields(schema.get("properties", {}), name, names)
    for operation in operations(api):
        owner = camel(operation["operationId"])
        for parameter in operation["parameters"]:
            _name_parameter(parameter, owner, names)


class Names:
    """The lists of words that have a name."""

    def __init__(self, schemas: Json):
        self._schemas = schemas
        self._names: dict[tuple[str, ...], str] = {}

    def of(self, words: list[str], suggested: str) -> str:
        """Of a list seen before the name it was given then."""
        key = tuple(words)
        if key not in self._names:
            is_taken = suggested in self._schemas
            name = f"{suggested}Words" if is_taken else suggested
            named = {"x-enum-varnames": members(words)}
            self._schemas[name] = {"type": "string", "enum": words} | if_any(**named)
            self._names[key] = name
        return self._names[key]


def _name_parameter(parameter: Json, owner: str, names: Names) -> None:
    """One that is itself a reference has no schema here."""
    if "schema" in parameter:
        suggested = owner + camel(parameter["name"])
        parameter["schema"] = _named(parameter["schema"], suggested, names)


def _name_fields(fields: Json, owner: str, names: Names) -> None:
    for name, field in fields.items():
        fields[name] = _named(field, owner + camel(name), names)


def _named(field: Json, suggested: str, names: Names) -> Json:
    if "items" in field:
        return field | {"items": _named(field["items"], suggested, names)}
    if not _is_choice(field):
        return field
    name = names.of(field["enum"], suggested)
    reference = {"$ref": f"#/components/schemas/{name}"}
    return reference | pick_present(field, "description", "default")


def _is_choice(field: Json) -> bool:
    words = field.get("enum", ())
    return field.get("type") == "string" and len(words) >= FEWEST

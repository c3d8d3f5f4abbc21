"""Reads a request: body, query, Idempotency-Key and trace. Nothing a caller sends may raise a defect."""

import json
import re
from io import BytesIO
from typing import IO, Any
from urllib.parse import parse_qsl

import marshmallow as ma
from flask import Request
from ulid import ULID
from werkzeug.datastructures import MultiDict

from gateway.edge.errors import BadRequest, TooLarge, TooSlow, WrongMediaType, invalid
from schemas import fields
from schemas.characters import LOST
from schemas.documents import Json
from services.kit.errors import Invalid
from services.kit.telemetry import new_trace

MOST_BYTES = 1024 * 1024
MOST_VALUES = 20_000  # Of one body; the longest list of scans has 4,000. Each is an object to be made and looked at.
TOO_LARGE = "内容太大，最多 1 MB"
KEY = re.compile(r"[ -~]{1,128}")
TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
# In an address + stands for a space: 2026-06-13T09:00:00+08:00 comes without it, unless it was written as %2B.
LOST_PLUS = re.compile(r"(?<=:[0-9]{2}) (?=[0-9]{2}:?[0-9]{2}\Z)")
WHOLE = re.compile(r"-?[0-9]{1,100}")


def path_of(environ: dict[str, Any]) -> str:
    """The path as text; WSGI has its bytes."""
    return str(environ["PATH_INFO"].encode("latin-1").decode(errors="replace"))


def key_of(environ: dict[str, Any]) -> str:
    """The caller's Idempotency-Key, or a new one when none was given. Raises `Invalid`."""
    key = environ.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        return str(ULID())
    if not KEY.fullmatch(key):
        sentence = "Idempotency-Key 应为 1 到 128 个可见的 ASCII 字符"
        raise Invalid(sentence, code="bad_idempotency_key", path="Idempotency-Key")
    return str(key)


def trace_of(environ: dict[str, Any]) -> str:
    """The caller's `traceparent` where it is one, else a new one."""
    trace = environ.get("HTTP_TRACEPARENT", "")
    return trace if TRACE.fullmatch(trace) else new_trace()


def command(request: Request, schema: ma.Schema, path: dict[str, str]) -> Json:
    """The payload: the JSON body, checked by `schema` together with the parameters of the path."""
    return load(schema, with_path(_object(request), path, schema))


def with_path(payload: Json, path: dict[str, str], schema: ma.Schema) -> Json:
    """What was said, with the parameters of the path; saying one of these again might mean another."""
    twice = sorted(path.keys() & payload.keys())
    if twice:
        complaints = {name: [fields.COMMON["unknown"]] for name in twice}
        raise invalid(ma.ValidationError(complaints), schema)
    return payload | path


def load(schema: ma.Schema, payload: Json) -> Json:
    """The payload as the schema has it. Raises `Invalid`, with every field that is wrong."""
    try:
        loaded: Json = schema.load(payload)
    except ma.ValidationError as error:
        raise invalid(error, schema) from error
    return loaded


def query(request: Request, schema: ma.Schema) -> Json:
    """What the query string says, numbers as numbers; not yet checked by `schema`."""
    return _values(request, request.args, schema)


def known(request: Request, schema: ma.Schema) -> Json:
    """What the query string says of what `schema` knows. The rest is ignored.

    For addresses people open and programs subscribe to: WeChat and calendar programs append words of their own.
    """
    ours = request.args.copy()
    for name in set(ours) - schema.fields.keys():
        ours.poplist(name)
    return _values(request, ours, schema)


def _values(
    request: Request, arguments: MultiDict[str, str], schema: ma.Schema
) -> Json:
    values: Json = {}
    garbled = _garbled(request.query_string)
    for name, texts in arguments.lists():
        path = name[:64]
        if len(texts) > 1:
            sentence = f"{path}：只能填写一次"
            raise Invalid(sentence, code="repeated_parameter", path=path)
        if name in garbled and type(schema.fields.get(name)) is fields.Text:
            raise Invalid(f"{path}：应为 UTF-8 文字", code="not_utf8", path=path)
        values[name] = _value(texts[0], schema.fields.get(name))
    return values


def _garbled(query: bytes) -> set[str]:
    """The names of what is written in another encoding, as old programs write Chinese: Werkzeug leaves
    its percents. Of words nobody would know that they were not looked for; what has a form is refused for that.
    """
    if b"%" not in query:
        return set()
    pairs = parse_qsl(query.decode("latin-1"), encoding="latin-1")
    return {name for name, value in pairs if not _is_utf8(value.encode("latin-1"))}


def _is_utf8(text: bytes) -> bool:
    return LOST not in text.decode(errors="replace") or LOST.encode() in text


def _value(text: str, field: ma.fields.Field[Any] | None) -> str | int:
    if isinstance(field, fields.Whole) and WHOLE.fullmatch(text):
        return int(text)
    if isinstance(field, fields.Instant):
        return LOST_PLUS.sub("+", text)
    return text


def _object(request: Request) -> Json:
    sent = body(request)
    if not sent:
        return {}
    if request.mimetype != "application/json":
        raise WrongMediaType("内容类型应为 application/json", path="Content-Type")
    value = parse(sent)
    if not isinstance(value, dict):
        raise Invalid("内容应为一个 JSON 对象", code="wrong_type")
    return value


def receive(environ: dict[str, Any]) -> None:
    """Takes in the whole body, which comes as slowly as its sender likes and the server bears.

    Raises a `Problem` when it is compressed, too large, or does not arrive.
    """
    if environ.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise WrongMediaType("内容不能压缩", path="Content-Encoding")
    length = _length(environ)
    sent = _arrived(environ, length)
    if len(sent) > MOST_BYTES:  # Sent in chunks, without a length.
        raise TooLarge(TOO_LARGE)
    environ["wsgi.input"] = BytesIO(sent)
    environ["CONTENT_LENGTH"] = str(len(sent))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _length(environ: dict[str, Any]) -> int | None:
    """As the head says it; the server has seen to it that it is a number. Raises `TooLarge`."""
    header = environ.get("CONTENT_LENGTH")
    if not header:
        return None
    length = int(header)
    if length > MOST_BYTES:
        raise TooLarge(TOO_LARGE)
    return length


def _arrived(environ: dict[str, Any], length: int | None) -> bytes:
    """One byte more than there may be, where there is no length."""
    if length is None and not environ.get("wsgi.input_terminated"):
        return b""
    sent = _read(environ["wsgi.input"], MOST_BYTES + 1 if length is None else length)
    if length is not None and len(sent) < length:
        raise BadRequest("内容没有完整送达", code="broken_body")
    return sent


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except TimeoutError as error:
        raise TooSlow("内容没有及时送达，请用同一个 Idempotency-Key 重试") from error
    except Exception as error:  # Each server has its own for a body wrongly chunked.
        raise BadRequest("内容没有完整送达", code="broken_body") from error


def body(request: Request) -> bytes:
    """All of what has been received."""
    return request.get_data(cache=False)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _each_once(pairs: list[tuple[str, Any]]) -> Json:
    """An object. Of a name said twice nobody could tell which is meant (RFC 8259, section 4)."""
    values: Json = {}
    for name, value in pairs:
        if name in values:
            path = name[:64]
            raise BadRequest(f"{path}：写了两次", code="repeated_name", path=path)
        values[name] = value
    return values


DECODER = json.JSONDecoder(
    parse_constant=_refuse_constant, object_pairs_hook=_each_once
)


def parse(body: bytes) -> Any:
    """The JSON value in `body`, which must be UTF-8; `NaN` and `Infinity` are not JSON.

    How many values there may be is reckoned from the commas, those within texts too, before any is made.
    """
    if body.count(b",") > MOST_VALUES:
        sentence = f"内容太多，一次最多 {MOST_VALUES:,} 个值，请分几次"
        raise BadRequest(sentence, code="too_many_values")
    try:
        return DECODER.decode(body.decode("utf-8-sig"))  # Some of Windows mark it.
    except UnicodeDecodeError as error:
        raise BadRequest("内容不是 UTF-8 编码", code="not_utf8") from error
    except (ValueError, RecursionError) as error:
        sentence = f"内容不是正确的 JSON{_where(error)}"
        raise BadRequest(sentence, code="malformed_json") from error


def _where(error: Exception) -> str:
    """Nowhere to name for a number of thousands of digits, or brackets thousands deep."""
    if not isinstance(error, json.JSONDecodeError):
        return ""
    return f"（第 {error.lineno} 行第 {error.colno} 列附近）"

"""Reads a request: body, query, Idempotency-Key and trace. Nothing a caller sends may raise a defect."""

import json
import re
from io import BytesIO
from typing import Any

import marshmallow as ma
from flask import Request
from ulid import ULID
from werkzeug.datastructures import MultiDict

from gateway.edge.errors import BadRequest, TooLarge, TooSlow, WrongMediaType, invalid
from schemas import fields
from schemas.documents import Json
from services.kit.errors import Invalid
from services.kit.telemetry import new_trace

MOST_BYTES = 1024 * 1024
MOST_VALUES = 20_000  # Of one body; the longest list of scans has 4,000. Each is an object to be made and looked at.
KEY = re.compile(r"[ -~]{1,128}")
TRACE = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
WHOLE = re.compile(r"-?[0-9]{1,100}")


def path_of(environ: dict[str, Any]) -> str:
    """The path as text; WSGI has its bytes."""
    return str(environ["PATH_INFO"].encode("latin-1").decode(errors="replace"))


def key_of(environ: dict[str, Any]) -> str:
    """The caller's Idempotency-Key, or a new one when none was given."""
    key = environ.get("HTTP_IDEMPOTENCY_KEY")
    if key is None:
        key = str(ULID())
    if not KEY.fullmatch(key):
        raise Invalid(
            "Idempotency-Key 应为 1 到 128 个可见的 ASCII 字符",
            code="bad_idempotency_key",
            path="Idempotency-Key",
        )
    return str(key)


def trace_of(environ: dict[str, Any]) -> str:
    """The caller's `traceparent` where it is one, else a new one."""
    trace = environ.get("HTTP_TRACEPARENT", "")
    return trace if TRACE.fullmatch(trace) else new_trace()


def command(request: Request, schema: ma.Schema, path: dict[str, str]) -> Json:
    """The payload: the JSON body, checked by `schema` together with the parameters of the path."""
    return load(schema, with_path(_object(request), path, schema))


def with_path(said: Json, path: dict[str, str], schema: ma.Schema) -> Json:
    """What was said, with the parameters of the path; saying one of these again might mean another."""
    twice = sorted(path.keys() & said.keys())
    if twice:
        raise invalid(
            ma.ValidationError({name: [fields.COMMON["unknown"]] for name in twice}),
            schema,
        )
    return {**said, **path}


def load(schema: ma.Schema, said: Json) -> Json:
    try:
        payload: Json = schema.load(said)
    except ma.ValidationError as error:
        raise invalid(error, schema) from error
    return payload


def query(request: Request, schema: ma.Schema) -> Json:
    """What the query string says, numbers as numbers; not yet checked by `schema`."""
    return _said(request.args, schema)


def _said(arguments: MultiDict[str, str], schema: ma.Schema) -> Json:
    said: Json = {}
    for name, texts in arguments.lists():
        if len(texts) > 1:
            raise Invalid(
                f"{name[:64]}：只能填写一次", code="repeated_parameter", path=name[:64]
            )
        field = schema.fields.get(name)
        said[name] = (
            int(texts[0])
            if isinstance(field, fields.Whole) and WHOLE.fullmatch(texts[0])
            else texts[0]
        )
    return said


def known(request: Request, schema: ma.Schema) -> Json:
    """What the query string says of what `schema` knows. The rest is ignored.

    For addresses people open and programs subscribe to: WeChat and calendar programs append words of their own.
    """
    ours = request.args.copy()
    for name in set(ours) - schema.fields.keys():
        ours.poplist(name)
    return _said(ours, schema)


def _object(request: Request) -> Json:
    sent = body(request)
    if not sent:
        return {}
    if request.mimetype != "application/json":
        raise WrongMediaType("内容类型应为 application/json", path="Content-Type")
    said = parse(sent)
    if not isinstance(said, dict):
        raise Invalid("内容应为一个 JSON 对象", code="wrong_type")
    return said


def receive(environ: dict[str, Any]) -> None:
    """Takes in the whole body, which comes as slowly as its sender likes and the server bears.

    Raises a `Problem` when it is compressed, too large, or does not arrive.
    """
    if environ.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise WrongMediaType("内容不能压缩", path="Content-Encoding")
    said = environ.get(
        "CONTENT_LENGTH"
    )  # The server has seen to it that it is a number.
    length = int(said) if said else None
    if (length or 0) > MOST_BYTES:
        raise TooLarge("内容太大，最多 1 MB")
    sent = _arrived(environ, length)
    if len(sent) > MOST_BYTES:  # Sent in chunks, without a length.
        raise TooLarge("内容太大，最多 1 MB")
    environ["wsgi.input"], environ["CONTENT_LENGTH"] = BytesIO(sent), str(len(sent))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def _arrived(environ: dict[str, Any], length: int | None) -> bytes:
    """One byte more than there may be, where there is no length."""
    if length is None and not environ.get("wsgi.input_terminated"):
        return b""
    try:
        sent: bytes = environ["wsgi.input"].read(
            MOST_BYTES + 1 if length is None else length
        )
    except TimeoutError as error:
        raise TooSlow("内容没有及时送达，请用同一个 Idempotency-Key 重试") from error
    except (
        Exception
    ) as error:  # Each server has errors of its own for a body wrongly chunked.
        raise BadRequest("内容没有完整送达", code="broken_body") from error
    if length is not None and len(sent) < length:
        raise BadRequest("内容没有完整送达", code="broken_body")
    return sent


def body(request: Request) -> bytes:
    """All of what has been received."""
    return request.get_data(cache=False)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _each_once(pairs: list[tuple[str, Any]]) -> Json:
    """An object. Of a name said twice nobody could tell which is meant (RFC 8259, section 4)."""
    said: Json = {}
    for name, value in pairs:
        if name in said:
            twice = name[:64]
            raise BadRequest(f"{twice}：写了两次", code="repeated_name", path=twice)
        said[name] = value
    return said


DECODER = json.JSONDecoder(
    parse_constant=_refuse_constant, object_pairs_hook=_each_once
)


def parse(body: bytes) -> Any:
    """The JSON value in `body`, which must be UTF-8; `NaN` and `Infinity` are not JSON.

    How many values there may be is reckoned from the commas, those within texts too, before any is made.
    """
    if body.count(b",") > MOST_VALUES:
        raise BadRequest(
            f"内容太多，一次最多 {MOST_VALUES:,} 个值，请分几次", code="too_many_values"
        )
    try:
        return DECODER.decode(body.decode())
    except UnicodeDecodeError as error:
        raise BadRequest("内容不是 UTF-8 编码", code="not_utf8") from error
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列附近"
        raise BadRequest(
            f"内容不是正确的 JSON（{where}）", code="malformed_json"
        ) from error
    except (
        ValueError,
        RecursionError,
    ) as error:  # A number of thousands of digits, or brackets thousands deep.
        raise BadRequest("内容不是正确的 JSON", code="malformed_json") from error

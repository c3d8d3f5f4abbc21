"""What is answered before there is a request: to bytes that are none, too many, or too slow in coming."""

import logging
from email.utils import formatdate
from http import HTTPStatus

from gunicorn.http import errors
from gunicorn.http.errors import ParseException

from gateway.edge.errors import MEDIA_TYPE, document, to_json
from services.kit.telemetry import new_trace

BAD = (HTTPStatus.BAD_REQUEST, "bad_request", "请求读不懂")
BAD_ADDRESS = (
    HTTPStatus.BAD_REQUEST,
    "bad_address",
    "请求的第一行读不懂；地址里的汉字和空格要先按百分号编码",
)
DEFECT = (
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "internal",
    "系统出错了，已经记录；请稍后重试",
)
REFUSALS: dict[type[Exception], tuple[HTTPStatus, str, str]] = {
    TimeoutError: (HTTPStatus.REQUEST_TIMEOUT, "too_slow", "请求没有及时送达，请重试"),
    errors.InvalidRequestLine: BAD_ADDRESS,
    errors.LimitRequestLine: (
        HTTPStatus.REQUEST_URI_TOO_LONG,
        "address_too_long",
        "地址太长",
    ),
    errors.LimitRequestHeaders: (
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        "headers_too_large",
        "请求头太大",
    ),
    errors.ExpectationFailed: (
        HTTPStatus.EXPECTATION_FAILED,
        "expectation_failed",
        "不支持这样的 Expect",
    ),
    errors.UnsupportedTransferCoding: (
        HTTPStatus.NOT_IMPLEMENTED,
        "unsupported_transfer_coding",
        "不支持这样的 Transfer-Encoding",
    ),
    ParseException: BAD,
}

log = logging.getLogger(__name__)


def refusal(error: Exception, home: str = "") -> bytes:
    """The whole answer, with which the connection ends. What was sent is not repeated in it, nor in the log."""
    status, code, title = _problem(error)
    trace = new_trace()
    body = document(status, code, title, [], home)
    if status is HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("defect", exc_info=error, extra={"about": {"trace": trace}})
        body["trace"] = trace
    return _written(status, to_json(body), trace)


def _problem(error: Exception) -> tuple[HTTPStatus, str, str]:
    if isinstance(error, errors.InvalidHTTPVersion) and _has_a_space(error.version):
        return BAD_ADDRESS
    for kind, problem in REFUSALS.items():
        if isinstance(error, kind):
            return problem
    return DEFECT


def _has_a_space(version: object) -> bool:
    """What follows a space in the address is taken for the version; one that is known to be one comes as numbers."""
    return isinstance(version, str) and " " in version


def _written(status: HTTPStatus, body: bytes, trace: str) -> bytes:
    head = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Date: {formatdate(usegmt=True)}",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        f"Traceparent: {trace}",
        "Connection: close",
    ]
    return "\r\n".join([*head, "", ""]).encode("ascii") + body

"""An address is read in one way, and what could be read in another is no address."""

from urllib.parse import unquote_to_bytes

import pytest

from gateway.edge import addresses


def is_one(sent: str) -> bool:
    path = unquote_to_bytes(sent.partition("?")[0]).decode("latin-1")
    return addresses.is_one({"PATH_INFO": path, "RAW_URI": sent})


@pytest.mark.parametrize(
    "sent",
    [
        "/",
        "/healthz",
        "/api/v1/",
        "/api/v1/activities",
        "/api/v1/activities?limit=1",
        "/api/v1/activities?next=//x/../%2F#y",
        "/api/v1/lists/offerings.csv",
        "/api/v1/activities/01K.._-",
        "/api/v1/%61ctivities",
        "/api/v1/activities/%E4%BA%BA",
    ],
)
def test_plain_segments_are_an_address(sent: str) -> None:
    assert is_one(sent)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "//",
        "//api/v1/activities",
        "/api//v1/activities",
        "/api/v1//activities",
        "/api/v1/activities/",
        "/api/v1/activities//",
        "/./api/v1/activities",
        "/api/v1/./activities",
        "/api/v1/activities/.",
        "/static/../api/v1/activities",
        "/api/v1/activities/..",
        "/api/v1/%2e%2E/v1/activities",
        "/api/v1/%2e/activities",
        "/api/v1%2factivities",
        "/api/v1/activities%2FA1",
        "/%2Fapi/v1/activities",
        "/api/v1\\activities",
        "/api/v1/activities%5Cx",
        "/api/v1/activities#x",
        "http://elsewhere/api/v1/activities",
        "http://elsewhere",
        "*",
    ],
)
def test_whatever_two_readers_could_read_differently_is_none(sent: str) -> None:
    assert not is_one(sent)

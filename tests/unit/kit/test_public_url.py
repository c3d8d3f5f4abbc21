"""Where people find the platform is the operator's to say: an origin, and the path a proxy has it under."""

import pytest

from services.kit.config import load
from services.kit.config.values import BadSetting


def test_it_is_where_the_gateway_listens_unless_it_is_said() -> None:
    assert load({}).public_url == "http://127.0.0.1:8000"
    assert load({"XFH_HTTP": "127.0.0.1:9000"}).public_url == "http://127.0.0.1:9000"
    assert (
        load(
            {"XFH_HTTP": "127.0.0.1:9000", "XFH_PUBLIC_URL": "https://x.cn"}
        ).public_url
        == "https://x.cn"
    )


@pytest.mark.parametrize(
    ("listens", "opened"),
    [
        ("0.0.0.0:8000", "http://127.0.0.1:8000"),
        ("[::]:9000", "http://[::1]:9000"),
        ("[::1]:65535", "http://[::1]:65535"),
        ("xfh.local:1", "http://xfh.local:1"),
    ],
)
def test_nobody_is_led_to_everywhere(listens: str, opened: str) -> None:
    assert load({"XFH_HTTP": listens}).public_url == opened


@pytest.mark.parametrize(
    "said",
    [
        "8000",
        ":8000",
        "x:0",
        "x:65536",
        "x:²",
        "x:８０",
        "::1:8000",
        "a b:80",
        "x/y:80",
    ],
)
def test_where_nobody_can_listen_is_refused_by_its_name(said: str) -> None:
    with pytest.raises(BadSetting, match="XFH_HTTP"):
        load({"XFH_HTTP": said})


@pytest.mark.parametrize("said", ["0", "65", "²", "٣", "two", "1.0"])
def test_how_many_processes_is_a_plain_number(said: str) -> None:
    assert load({"XFH_WORKERS": "64"}).workers == 64
    with pytest.raises(BadSetting, match="XFH_WORKERS"):
        load({"XFH_WORKERS": said})


@pytest.mark.parametrize(
    "said",
    [
        "https://xfh.example.cn",
        "http://10.0.0.1:8080",
        "https://[::1]:8443",
        "https://xn--fiqs8s.cn",
    ],
)
def test_an_origin_is_taken_as_it_is(said: str) -> None:
    assert load({"XFH_PUBLIC_URL": said}).public_url == said


@pytest.mark.parametrize(
    "said",
    ["xfh.example.cn", "ftp://x.cn", "https://x.cn//", "https://x.cn/a//b", "https://x.cn/..", "https://x.cn/./a",
     "https://x.cn/a?b", "https://x.cn/a#b", "https://x.cn/中", "https://x.cn/%61", "https://x.cn/a b",
     "https://x.cn?a", "https://x.cn#a", "https://", "https://x.cn:0", "https://x.cn:65536", "https://x.cn:99999/a",
     "https://u:p@x.cn", "https://x.cn:port", "https://X.cn", "https://中国.cn", "https://x.cn\n", "javascript:x"],
)  # fmt: skip
def test_anything_else_is_refused_by_its_name(said: str) -> None:
    with pytest.raises(BadSetting, match="XFH_PUBLIC_URL"):
        load({"XFH_PUBLIC_URL": said})


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("https://x.cn/", "https://x.cn"),
        ("https://x.cn/xfh", "https://x.cn/xfh"),
        ("https://x.cn/xfh/", "https://x.cn/xfh"),
        ("https://x.cn:8443/a-b/xfh_2.0", "https://x.cn:8443/a-b/xfh_2.0"),
    ],
)
def test_a_path_is_taken_without_the_slash_at_its_end(said: str, taken: str) -> None:
    assert load({"XFH_PUBLIC_URL": said}).public_url == taken


def test_no_proxy_is_believed_unless_it_is_said() -> None:
    assert (load({}).proxies, load({"XFH_PROXIES": "2"}).proxies) == (0, 2)
    for said in ("-1", "6", "yes", "1.0"):
        with pytest.raises(BadSetting, match="XFH_PROXIES"):
            load({"XFH_PROXIES": said})


def test_nobody_elses_pages_may_ask_unless_it_is_said() -> None:
    assert load({}).cors == ()
    assert load({"XFH_CORS": "https://a.cn http://b.cn:8080"}).cors == (
        "https://a.cn",
        "http://b.cn:8080",
    )
    assert load({"XFH_CORS": "*"}).cors == ("*",)


@pytest.mark.parametrize(
    "said",
    [
        "a.cn",
        "https://a.cn:65536",
        "https://a.cn/",
        "https://a.cn,https://b.cn",
        "* https://a.cn",
        "null",
    ],
)
def test_what_is_no_origin_is_refused_by_its_name(said: str) -> None:
    with pytest.raises(BadSetting, match="XFH_CORS"):
        load({"XFH_CORS": said})

"""Where people find the platform is the operator's to say: an origin, and the path a proxy has it under."""

from pathlib import Path

import pytest

from services.kit.config import load, masked
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
    ("variable", "said", "taken"),
    [
        ("XFH_PUBLIC_URL", "https://x.cn:443", "https://x.cn"),
        ("XFH_PUBLIC_URL", "http://x.cn:80/xfh/", "http://x.cn/xfh"),
        ("XFH_PUBLIC_URL", "https://x.cn:80", "https://x.cn:80"),
        ("XFH_PUBLIC_URL", "https://x.cn:4430", "https://x.cn:4430"),
        ("XFH_PUBLIC_URL", "http://[0:0:0:0:0:0:0:1]:8000", "http://[::1]:8000"),
        ("XFH_HTTP", "127.0.0.1:80", "http://127.0.0.1"),
        ("XFH_HTTP", "LocalHost:8080", "http://localhost:8080"),
    ],
)
def test_an_origin_is_kept_as_a_browser_writes_it(
    variable: str, said: str, taken: str
) -> None:
    """Else no form of a page of ours would be known as one."""
    assert load({variable: said}).public_url == taken


def test_whose_pages_may_ask_is_kept_as_a_browser_writes_it() -> None:
    said = "https://a.cn:443 http://a.cn:80 http://a.cn:8080 http://[0::1]"
    taken = ("https://a.cn", "http://a.cn", "http://a.cn:8080", "http://[::1]")
    assert load({"XFH_CORS": said}).cors == taken


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("amqp://u:s3cr3t@h:5672/v", "amqp://u:***@h:5672/v"),
        ("mongodb://u:s3cr3t@a:1,b:2/x?w=1", "mongodb://u:***@a:1,b:2/x?w=1"),
        ("amqp://u:s3/cr@3t@h", "amqp://u:***@h"),
        ("amqp://u:s3cr3t@h：5672", "amqp://u:***@h：5672"),
        ("https://a.cn：8000", "https://a.cn：8000"),
        ("http://[::1", "http://[::1"),
        ("sqlite:/var/a:b@c", "sqlite:/var/a:b@c"),
    ],
)
def test_a_password_is_not_shown_however_a_url_is_written(url: str, shown: str) -> None:
    assert masked(url) == shown


@pytest.mark.parametrize(
    "said",
    [
        "8000",
        "http://[::1:8000",
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
     "https://x.cn：8000", "https://x.cn／xfh", "http://[::1", "http://[:::]", "http://[1:2:3]",
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
        "https://a.cn：8000",
        "http://[:::]",
        "null",
    ],
)
def test_what_is_no_origin_is_refused_by_its_name(said: str) -> None:
    with pytest.raises(BadSetting, match="XFH_CORS"):
        load({"XFH_CORS": said})


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("XFH_BUS", "local:"),
        ("XFH_BUS", "amqp://u:p%2F@h:5672/v"),
        ("XFH_BUS", "amqps://[::1]/"),
        ("XFH_STORE", "sqlite:var"),
        ("XFH_STORE", "sqlite:/srv/数据 1"),
        ("XFH_STORE", "sqlite:///srv/data"),
        ("XFH_STORE", "mongodb://u:p@a:27017,b:27018,[::1]:27019/x?replicaSet=rs"),
        ("XFH_STORE", "mongodb+srv://u:p@c.example.cn/x"),
    ],
)
def test_a_broker_and_a_store_are_named_by_their_urls(variable: str, said: str) -> None:
    known = load({variable: said})
    assert said in {known.bus, known.store}


@pytest.mark.parametrize(
    "said", ["[::1", "h：5672", "h:99999/", "h:port/", "u:p@/", "a:1,:2/", "h h/", ""]
)
@pytest.mark.parametrize(
    ("variable", "scheme"), [("XFH_BUS", "amqp://"), ("XFH_STORE", "mongodb://")]
)
def test_a_url_without_hosts_is_refused_by_its_name(
    variable: str, scheme: str, said: str
) -> None:
    with pytest.raises(BadSetting, match=variable):
        load({variable: scheme + said})


@pytest.mark.parametrize(
    ("variable", "said", "says"),
    [
        ("XFH_DATA", "~/var", "不代表个人目录"),
        ("XFH_DATA", "~", "不代表个人目录"),
        ("XFH_DATA", " ", "应为目录"),
        ("XFH_DATA", "var\n", "应为目录"),
        ("XFH_STORE", "sqlite:~/var", "不代表个人目录"),
        ("XFH_STORE", "sqlite: ", "应为目录"),
        ("XFH_STORE", "sqlite:", "应为 sqlite:目录"),
        ("XFH_STORE", "sqlite://var", "应为 sqlite:目录"),
    ],
)
def test_a_folder_nobody_means_is_none(variable: str, said: str, says: str) -> None:
    with pytest.raises(BadSetting, match=variable) as caught:
        load({variable: said})
    assert says in str(caught.value)


@pytest.mark.parametrize("inside", ["", "/var", "/a/b"])
@pytest.mark.parametrize(
    ("variable", "scheme"), [("XFH_DATA", ""), ("XFH_STORE", "sqlite:")]
)
def test_a_file_and_what_is_in_one_are_no_folders(
    variable: str, scheme: str, inside: str, tmp_path: Path
) -> None:
    file = tmp_path / "notes.txt"
    file.touch()
    with pytest.raises(BadSetting, match=variable) as caught:
        load({variable: f"{scheme}{file}{inside}"})
    assert f"应为目录，{file} 是一个文件" in str(caught.value)
    assert load({variable: f"{scheme}{tmp_path}/new{inside}"})


def test_a_file_that_moves_the_clock_holds_a_number_of_seconds(tmp_path: Path) -> None:
    file = tmp_path / "demo.clock"
    setting = {"XFH_CLOCK_FILE": str(file)}
    assert load(setting).clock_file == str(file), "it may come later"
    for content in (b"", b"-86400\n", b"1.5"):
        file.write_bytes(content)
        assert load(setting).clock_file == str(file)
    for content in (b"tomorrow", b"nan", b"inf", b"1e99", b"\xff", b"1\n2"):
        file.write_bytes(content)
        with pytest.raises(BadSetting, match=r"XFH_CLOCK_FILE.*应为一个秒数"):
            load(setting)
    with pytest.raises(BadSetting, match="这是一个文件夹"):
        load({"XFH_CLOCK_FILE": str(tmp_path)})

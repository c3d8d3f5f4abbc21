"""What browsers keep for good: by a name that changes with it, squeezed, and the same whoever asks."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest

from gateway.web.statics import Statics
from tests.integration.gateway_stage import DISTRICT, Gateway, gateway


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(Path(tmp_path_factory.mktemp("statics"))) as front:
        yield front


def links(front: Gateway) -> list[str]:
    page = front.client.get("/help").text
    return re.findall(r'<link[^>]+href="([^"]+)"', page)


def test_what_a_page_loads_is_kept_for_good_also_by_who_is_signed_in(
    front: Gateway,
) -> None:
    token = front.token("lin-mei", ("resident", DISTRICT))
    for headers in ({}, {"Authorization": f"Bearer {token}"}, {"Cookie": "xfh=1"}):
        for link in links(front):
            answer = front.client.get(link, headers=headers)
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_another_version_or_none_is_answered_and_not_kept(front: Gateway) -> None:
    style = links(front)[0]
    for other in ("/web/app.css", re.sub("/web/[^/]+/", "/web/0123456789ab/", style)):
        answer = front.client.get(other)
        assert answer.text == front.client.get(style).text
        assert answer.headers["Cache-Control"] == "no-cache"
        known = {"If-None-Match": answer.headers["ETag"]}
        assert front.client.get(other, headers=known).status_code == 304


def test_what_is_not_there_is_not_found(front: Gateway) -> None:
    for name in ("no.css", "0123456789ab/no.css", "../serve.py", "sw.js", ""):
        assert front.client.get(f"/web/{name}").status_code == 404


def test_it_is_squeezed_for_who_takes_it_so(front: Gateway) -> None:
    style = links(front)[0]
    plain = front.client.get(style)
    squeezed = front.client.get(style, headers={"Accept-Encoding": "br, gzip"})
    assert squeezed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in squeezed.headers["Vary"]
    assert gzip.decompress(squeezed.data) == plain.data
    assert len(squeezed.data) < len(plain.data) / 2


def test_the_worker_is_asked_for_anew_and_has_at_hand_what_there_is(
    front: Gateway,
) -> None:
    worker = front.client.get("/sw.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert worker.mimetype == "text/javascript"
    [head] = re.findall(r"const HERE = (.*);\n", worker.text)
    assets = json.loads(head)["assets"]
    assert any(name.endswith("/islands/seat_code.js") for name in assets)
    for asset in assets:
        assert front.client.get(asset).status_code == 200


def test_a_changed_file_changes_the_version_and_only_its_own(tmp_path: Path) -> None:
    for name in ("app.css", "sw.js", "vendor/x/y.js"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a")
    before = Statics(tmp_path)
    (tmp_path / "vendor/x/y.js").write_text("b")
    after = Statics(tmp_path)
    assert before.address("app.css") == after.address("app.css")
    assert before.address("vendor/x/y.js") != after.address("vendor/x/y.js")
    (tmp_path / "app.css").write_text("b")
    assert Statics(tmp_path).address("app.css") != after.address("app.css")


def test_what_is_missing_of_ours_is_a_defect_of_others_a_lack(tmp_path: Path) -> None:
    (tmp_path / "sw.js").write_text("")
    statics = Statics(tmp_path)
    assert statics.address("vendor/zxing/reader.js") == ""
    with pytest.raises(KeyError):
        statics.address("app.css")


def test_an_installed_page_begins_at_home(front: Gateway) -> None:
    [manifest] = [link for link in links(front) if link.endswith(".webmanifest")]
    told = json.loads(front.client.get(manifest).text)
    assert urljoin(manifest, told["start_url"]) == urljoin(manifest, told["scope"])
    assert urljoin(manifest, told["start_url"]) == "/"
    for icon in told["icons"]:
        assert front.client.get(urljoin(manifest, icon["src"])).status_code == 200

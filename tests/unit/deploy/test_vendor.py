"""What is fetched by npm is what was locked: by hash, from no address but the registry's own."""

import json
from pathlib import Path

import pytest

from deploy import vendor

LOCK = json.loads((vendor.LOCKED / "package-lock.json").read_text(encoding="utf-8"))


def test_every_file_that_is_served_has_its_hash() -> None:
    assert {name for _, name in vendor.manifest()} == set(vendor.SHIPPED)


def test_every_package_is_locked_by_hash_and_by_no_address() -> None:
    for name, about in LOCK["packages"].items():
        assert not name or about["integrity"].startswith("sha512-")
        assert "resolved" not in about


def test_a_file_that_is_not_as_it_was_locked_is_not_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    modules, served = tmp_path / "modules", tmp_path / "vendor"
    for source in vendor.SHIPPED.values():
        path = modules / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("something else")
    monkeypatch.setattr(vendor, "fetch", lambda: None)
    monkeypatch.setattr(vendor, "MODULES", modules)
    monkeypatch.setattr(vendor, "VENDOR", served)
    vendor.main()
    assert not served.exists()
    assert "扫码页面改用输入和照片" in capsys.readouterr().out


def test_what_is_whole_is_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vendor, "manifest", list)
    monkeypatch.setattr(vendor, "ship", lambda: pytest.fail("fetched again"))
    vendor.main()

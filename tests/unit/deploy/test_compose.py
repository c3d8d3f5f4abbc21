"""docker-compose.yml: every service is in it, is watched, and has no password of its own."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.keys import hand_out
from services.kit.channels import channels_in
from services.kit.config import Settings
from services.kit.ways.configured import NO_WAYS, ways_in
from services.xfh.registry import SERVICES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, dict[str, Any]] = yaml.safe_load(TEXT)
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {"keys"}
ASKED_FOR = {"deliver"}  # Runs only with the profile of its name.
REQUIRED = re.compile(r"\$\{(\w+):\?[^}]+\}")
CREDENTIAL = re.compile(r"PASS|SECRET|TOKEN|KEY")


def settings() -> list[tuple[str, str, str]]:
    """(part, variable, value)"""
    return [
        (part, *pair)
        for part, about in PARTS.items()
        for pair in about.get("environment", {}).items()
    ]


def test_every_part_of_the_network_is_there() -> None:
    assert set(PARTS) == {
        *SERVICES,
        "gateway",
        "rabbitmq",
        "mongodb",
        *ONCE,
        *ASKED_FOR,
    }


def test_nothing_is_sent_out_unless_asked_for() -> None:
    assert {
        part: about["profiles"] for part, about in PARTS.items() if "profiles" in about
    } == {"deliver": ["deliver"]}
    file = PARTS["deliver"]["environment"]["XFH_NOTICES"]
    assert PARTS["notices"]["environment"]["XFH_NOTICES"] == file
    assert (
        channels_in((ROOT / "deploy" / "notices.toml").read_text(encoding="utf-8"))
        == ()
    )


def test_those_who_let_in_and_who_sends_are_told_of_the_same_ways() -> None:
    told = {
        part: about["environment"]["XFH_SIGN_IN"]
        for part, about in PARTS.items()
        if "XFH_SIGN_IN" in about.get("environment", {})
    }
    assert told.keys() == {"gateway", "people", "deliver"}
    assert len(set(told.values())) == 1
    text = (ROOT / "deploy" / "sign-in.toml").read_text(encoding="utf-8")
    assert ways_in(text) == NO_WAYS


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_serves_itself_and_is_asked_whether_it_is_well(name: str) -> None:
    assert PARTS[name]["command"] == ["xfh", "serve", name]
    assert PARTS[name]["healthcheck"]["test"][-1] == name


@pytest.mark.parametrize("name", sorted(set(PARTS) - ONCE))
def test_what_keeps_running_is_watched_and_started_again(name: str) -> None:
    assert PARTS[name]["healthcheck"]["test"]
    assert PARTS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["gateway", *SERVICES])
def test_each_part_is_handed_its_own_keys_and_reads_nothing_of_the_others(
    name: str,
) -> None:
    mounted = [mount for mount in PARTS[name]["volumes"] if "keys" in mount]
    assert mounted == [f"{name}-keys:/var/lib/xfh/keys:ro"]
    assert f"{name}-keys:/handed/{name}" in PARTS["keys"]["volumes"]
    image = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert f" /handed/{name}" in image, "a folder that the image lacks would be root's"


def test_who_serves_opens_data_keys_and_the_gateway_does_not(tmp_path: Path) -> None:
    names = ("gateway", *SERVICES)
    for name in names:
        (tmp_path / name).mkdir()
    for _ in range(2):
        hand_out(Settings(data=tmp_path / "here"), tmp_path)
    held = {name: {key.name for key in (tmp_path / name).iterdir()} for name in names}
    assert [name for name in names if "master.key" not in held[name]] == ["gateway"]
    assert held["gateway"] == {"token.pub.pem", "cursor.key"}
    assert held["partners"] == {"master.key"}
    assert [name for name in names if "token.pem" in held[name]] == ["people"]


def test_a_part_waits_until_those_it_needs_are_well() -> None:
    for part in PARTS.values():
        for needed, how in part.get("depends_on", {}).items():
            well = (
                "service_completed_successfully"
                if needed in ONCE
                else "service_healthy"
            )
            assert how == {"condition": well}
    assert set(SERVICES) <= set(PARTS["gateway"]["depends_on"])


def test_no_password_stands_in_the_file() -> None:
    for part, variable, value in settings():
        if CREDENTIAL.search(variable):
            assert REQUIRED.fullmatch(value), f"{part}: {variable}"
        if "@" in value:
            assert re.match(r"\w+://\w+:" + REQUIRED.pattern + "@", value), (
                f"{part}: {variable}"
            )


def test_the_development_file_names_every_required_password() -> None:
    lines = (
        (ROOT / "deploy" / "development.env").read_text(encoding="utf-8").splitlines()
    )
    given = {line.split("=")[0] for line in lines if line and not line.startswith("#")}
    assert given == set(REQUIRED.findall(TEXT))


def test_every_mounted_file_and_volume_is_there() -> None:
    for part in PARTS.values():
        for mount in part.get("volumes", []):
            source = mount.split(":")[0]
            assert (
                (ROOT / source).is_file()
                if source.startswith(".")
                else source in COMPOSE["volumes"]
            )

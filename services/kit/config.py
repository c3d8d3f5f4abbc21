"""The settings of a process. The only module that reads the environment."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from services.kit import clock
from services.kit.channels import NO_CHANNELS, Channels, channels_in
from services.kit.private import private_file, private_folder
from services.kit.sealed.master_keys import MasterKeys, master_keys, new_master_key
from services.kit.seals.keys import new_seal_key
from services.kit.ways.configured import NO_WAYS, Ways, ways_in

T = TypeVar("T")
LISTENS_AT = "127.0.0.1:8000"
ORIGIN = r"https?://([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(:[0-9]{1,5})?"


class BadSetting(ValueError):
    """A value in the environment that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What is in force. Every field but `data` has its environment variable named beside it in `VARIABLES`."""

    http: str = LISTENS_AT
    data: Path = Path("var")
    bus: str = "local:"
    store: str = "sqlite:var"
    clock_file: str = ""
    deadline_s: float = 5.0
    workers: int = 2
    log_level: str = "INFO"
    demo_exit: bool = False
    channels: Channels = NO_CHANNELS
    public_url: str = f"http://{LISTENS_AT}"
    cors: tuple[str, ...] = ()
    proxies: int = 0
    ways: Ways = NO_WAYS

    @property
    def keys(self) -> Path:
        """The folder of the signing keys."""
        return self.data / "keys"

    @property
    def now(self) -> clock.Clock:
        return clock.shifted(Path(self.clock_file)) if self.clock_file else clock.system

    def door_key(self) -> bytes:
        """The secret that signs check-in codes, made on first use; the same for every process that shares `data`."""
        return secret_file(self.keys / "door.key", lambda: secrets.token_bytes(32))

    def report_key(self) -> bytes:
        """The secret that signs links to reports, in the same way."""
        return secret_file(self.keys / "report.key", lambda: secrets.token_bytes(32))

    def phone_key(self) -> bytes:
        """The secret by which accounts are found by number, in the same way. Never kept where the notes are kept."""
        return secret_file(self.keys / "phone.key", lambda: secrets.token_bytes(32))

    def way_key(self) -> bytes:
        """The secret that makes invitations and desk codes, in the same way."""
        return secret_file(self.keys / "way.key", lambda: secrets.token_bytes(32))

    def seal_key(self) -> bytes:
        """What signs the seals of logs, an Ed25519 key in PEM, in the same way."""
        return secret_file(self.keys / "seal.pem", new_seal_key)

    def has_seal_key(self) -> bool:
        return (self.keys / "seal.pem").is_file()

    def cursor_key(self) -> bytes:
        """The secret that seals cursors, in the same way."""
        return secret_file(self.keys / "cursor.key", lambda: secrets.token_bytes(32))

    def master_keys(self) -> MasterKeys:
        """What opens people's data keys, in the same way. Raises `BadSetting` when the file holds no such keys."""
        path = self.keys / "master.key"
        try:
            return master_keys(secret_file(path, new_master_key))
        except ValueError as error:
            raise BadSetting(f"{path} 不是主密钥文件，请放回原来的") from error


def secret_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """The bytes in `path`, made first when there are none. Two processes starting at once agree on one."""
    if not path.exists():
        private_folder(path.parent)
        draft = path.with_suffix(f".{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(make())
        with suppress(
            FileExistsError
        ):  # The other process was first; both read what it wrote.
            os.link(draft, path)
        draft.unlink()
    private_file(path)
    return path.read_bytes()


def replace_secret(path: Path, content: bytes) -> None:
    """In the place of what is there, at once: who reads it finds the old or the new."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    secret_file(draft, lambda: content)
    draft.replace(path)


def _address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise BadSetting("应为 主机:端口，例如 127.0.0.1:8000")
    return text


def _public_url(text: str) -> str:
    """Where people find the platform: the origin as a browser writes it, and the path a proxy has it under, if any."""
    if not re.fullmatch(ORIGIN + r"(/(?!\.{1,2}(/|\Z))[A-Za-z0-9._~-]+)*/?", text):
        raise BadSetting(
            "应为 http:// 或 https:// 加主机名（小写，中文域名写成 xn--…），可带端口和路径，如 https://www.example.cn/xfh"
        )
    return text.rstrip("/")


def _origins(text: str) -> tuple[str, ...]:
    """Whose pages may ask: origins with spaces between, or `*` for everybody's."""
    origins = tuple(text.split())
    if origins != ("*",) and not all(
        re.fullmatch(ORIGIN, origin) for origin in origins
    ):
        raise BadSetting(
            "应为一个或几个来源，用空格隔开，如 https://a.example.cn；* 表示任何来源"
        )
    return origins


def _bus(text: str) -> str:
    if text != "local:" and not re.match(r"amqps?://[^/]+", text):
        raise BadSetting("应为 local: 或 amqp://用户:密码@主机:端口/虚拟主机")
    return text


def _store(text: str) -> str:
    if not re.match(r"sqlite:.+|mongodb(\+srv)?://[^/]+", text):
        raise BadSetting("应为 sqlite:目录 或 mongodb://主机:端口/")
    return text


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 60:
        raise BadSetting("应为 0.1 到 60 之间的秒数")
    return seconds


def _workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 64:
        raise BadSetting("应为 1 到 64 之间的整数")
    return int(text)


def _proxies(text: str) -> int:
    if not re.fullmatch("[0-5]", text):
        raise BadSetting("应为平台前面的代理有几层，0 到 5")
    return int(text)


def _channels(text: str) -> Channels:
    """What the file says; without one nothing is ever sent."""
    return _of_a_file(text, channels_in)


def _ways(text: str) -> Ways:
    """What the file says; without one there are those that need no set-up."""
    return _of_a_file(text, ways_in)


def _of_a_file(name: str, read: Callable[[str], T]) -> T:
    try:
        return read(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSetting(f"打不开这个文件：{error.strerror}") from error
    except ValueError as error:
        raise BadSetting(
            "应为 UTF-8 文件" if isinstance(error, UnicodeDecodeError) else str(error)
        ) from error


def _truth(text: str) -> bool:
    if text not in {"0", "1"}:
        raise BadSetting("应为 0 或 1")
    return text == "1"


def _level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise BadSetting("应为 DEBUG、INFO、WARNING 或 ERROR")
    return text.upper()


VARIABLES: dict[str, tuple[str, Callable[[str], object]]] = {
    "XFH_HTTP": ("http", _address),
    "XFH_DATA": ("data", Path),
    "XFH_BUS": ("bus", _bus),
    "XFH_STORE": ("store", _store),
    "XFH_CLOCK_FILE": ("clock_file", str),
    "XFH_DEADLINE_S": ("deadline_s", _seconds),
    "XFH_WORKERS": ("workers", _workers),
    "XFH_LOG_LEVEL": ("log_level", _level),
    "XFH_DEMO_EXIT": ("demo_exit", _truth),
    "XFH_NOTICES": ("channels", _channels),
    "XFH_PUBLIC_URL": ("public_url", _public_url),
    "XFH_CORS": ("cors", _origins),
    "XFH_PROXIES": ("proxies", _proxies),
    "XFH_SIGN_IN": ("ways", _ways),
}


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force. Raises `BadSetting` with a sentence that names the variable and its value."""
    values: dict[str, object] = {}
    for variable, (field, parse) in VARIABLES.items():
        text = environment.get(variable, "")
        if not text:
            continue
        try:
            values[field] = parse(text)
        except BadSetting as error:
            raise BadSetting(
                f"{variable} 的值“{masked(text)}”不能用：{error}"
            ) from error
    values.setdefault("public_url", f"http://{values.get('http', LISTENS_AT)}")
    values.setdefault("store", f"sqlite:{values.get('data', Path('var'))}")
    return Settings(**values)  # type: ignore[arg-type]  # Each parser returns its field's type.


def given(environment: Mapping[str, str] = os.environ) -> set[str]:
    """The variables that are set; the others' values are defaults."""
    return {variable for variable in VARIABLES if environment.get(variable)}


def for_child(**changed: str) -> dict[str, str]:
    """This process's environment with `changed` in it, for a process it starts."""
    return {**os.environ, **changed}


def masked(url: str) -> str:
    """A URL without its password."""
    parts = urlsplit(url)
    if not parts.password:
        return url
    return url.replace(f":{parts.password}@", ":***@", 1)

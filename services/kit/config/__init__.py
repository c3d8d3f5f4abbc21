"""The settings of a process. The only module that reads the environment."""

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from services.kit import clock
from services.kit.channels import NO_CHANNELS, Channels
from services.kit.config import values
from services.kit.config.secret_files import secret_file
from services.kit.config.values import DEVELOPMENT, PRODUCTION, BadSetting
from services.kit.sealed.master_keys import MasterKeys, master_keys, new_master_key
from services.kit.seals.keys import new_seal_key
from services.kit.ways.configured import NO_WAYS, Ways

# What RabbitMQ comes with, and everybody knows.
KNOWN_TO_ALL = re.compile(r"amqps?://guest:guest@")
PASSWORD = re.compile(r"(?<=://)([^:@/]*):.+@")  # As far as it may reach.
IN_PRODUCTION = "XFH_ENV 为 production 时"
LISTENS_AT = "127.0.0.1:8000"
SECRET_BYTES = 32
OURS = re.compile("xfh", re.IGNORECASE)
LIKE = 0.8  # In common of two names, as difflib counts.


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
    environment: str = DEVELOPMENT

    @property
    def keys(self) -> Path:
        """The folder of the signing keys."""
        return self.data / "keys"

    @property
    def now(self) -> clock.Clock:
        """The system's clock, or the one that a file shifts: see `clock.shifted`."""
        return clock.shifted(Path(self.clock_file)) if self.clock_file else clock.system

    def secret(self, name: str, make: Callable[[], bytes]) -> bytes:
        """What the file of that name says, made first where it is not there; in production it must be there.

        Raises `BadSetting`, which names it.
        """
        self.must_have(name)
        return secret_file(self.keys / name, make)

    def _random(self, name: str) -> bytes:
        key = self.secret(name, lambda: secrets.token_bytes(SECRET_BYTES))
        if len(key) < SECRET_BYTES:
            says = f"{self.keys / name} 不完整，至少应有 {SECRET_BYTES} 个字节，请放回原来的"
            raise BadSetting(says)
        return key

    def must_have(self, *names: str) -> None:
        """For what starts: raises `BadSetting` in production where a secret is missing, or is what everybody knows."""
        if self.environment != PRODUCTION:
            return
        if KNOWN_TO_ALL.match(self.bus):
            raise BadSetting(f"{IN_PRODUCTION}不能用 RabbitMQ 自带的密码，请改 XFH_BUS")
        missing = [name for name in names if not (self.keys / name).is_file()]
        if missing:
            says = f"{IN_PRODUCTION}不自动生成密钥，{self.keys} 里缺少 "
            raise BadSetting(
                f"{says}{'、'.join(missing)}；请放回，或第一次用 xfh keys make 生成"
            )

    def door_key(self) -> bytes:
        """The secret that signs check-in codes, made on first use; the same for every process that shares `data`."""
        return self._random("door.key")

    def report_key(self) -> bytes:
        """The secret that signs links to reports, in the same way."""
        return self._random("report.key")

    def phone_key(self) -> bytes:
        """The secret by which accounts are found by number, in the same way. Never kept where the notes are kept."""
        return self._random("phone.key")

    def way_key(self) -> bytes:
        """The secret that makes invitations and desk codes, in the same way."""
        return self._random("way.key")

    def seal_key(self) -> bytes:
        """What signs the seals of logs, an Ed25519 key in PEM, in the same way."""
        return self.secret("seal.pem", new_seal_key)

    def has_seal_key(self) -> bool:
        """Whether the key that signs seals is there already; it is not made."""
        return (self.keys / "seal.pem").is_file()

    def bus_key(self) -> bytes:
        """The secret that seals what passes the broker, in the same way."""
        return self._random("bus.key")

    def cursor_key(self) -> bytes:
        """The secret that seals cursors, in the same way."""
        return self._random("cursor.key")

    def master_keys(self) -> MasterKeys:
        """What opens people's data keys, in the same way. Raises `BadSetting` when the file holds no such keys."""
        file = self.secret("master.key", new_master_key)
        try:
            return master_keys(file)
        except ValueError as error:
            path = self.keys / "master.key"
            raise BadSetting(f"{path} 不是主密钥文件，请放回原来的") from error


VARIABLES: dict[str, tuple[str, Callable[[str], object]]] = {
    "XFH_HTTP": ("http", values.address),
    "XFH_DATA": ("data", values.folder),
    "XFH_BUS": ("bus", values.bus),
    "XFH_STORE": ("store", values.store),
    "XFH_CLOCK_FILE": ("clock_file", values.clock_file),
    "XFH_DEADLINE_S": ("deadline_s", values.seconds),
    "XFH_WORKERS": ("workers", values.workers),
    "XFH_LOG_LEVEL": ("log_level", values.level),
    "XFH_DEMO_EXIT": ("demo_exit", values.truth),
    "XFH_NOTICES": ("channels", values.channels),
    "XFH_PUBLIC_URL": ("public_url", values.public_url),
    "XFH_CORS": ("cors", values.origins),
    "XFH_PROXIES": ("proxies", values.proxies),
    "XFH_ENV": ("environment", values.environment),
    "XFH_SIGN_IN": ("ways", values.ways),
}


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in force. Raises `BadSetting` with a sentence that names the variable and its value."""
    said: dict[str, object] = {}
    for variable, (field, parse) in VARIABLES.items():
        text = environment.get(variable, "")
        if not text:
            continue
        try:
            said[field] = parse(text)
        except BadSetting as error:
            raise BadSetting(
                f"{variable} 的值“{masked(text)}”不能用：{error}"
            ) from error
    listens_at = str(said.get("http", LISTENS_AT))
    said.setdefault("public_url", values.found_at(listens_at))
    said.setdefault("store", f"sqlite:{said.get('data', Path('var'))}")
    return Settings(**said)  # type: ignore[arg-type]  # Each parser returns its field's type.


def given(environment: Mapping[str, str] = os.environ) -> set[str]:
    """The variables that are set; the others' values are defaults."""
    return {variable for variable in VARIABLES if environment.get(variable)}


def mistyped(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables that look like one of ours and are none, each with what may be meant. Nobody reads them."""
    others = sorted(environment.keys() - VARIABLES.keys())
    likes = {
        name: get_close_matches(name.upper(), VARIABLES, 1, LIKE)
        for name in others
        if OURS.match(name)
    }
    return {name: like[0] for name, like in likes.items() if like}


def for_child(**changed: str) -> dict[str, str]:
    """This process's environment with `changed` in it, for a process it starts."""
    return {**os.environ, **changed}


def masked(url: str) -> str:
    """A URL without its password. What was typed wrongly may be none, and is shown all the same."""
    return PASSWORD.sub(r"\1:***@", url)

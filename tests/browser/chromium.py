"""A browser the tests drive, and the checker of accessibility they ask: found here or installed. Never none.

`XFH_CHROMIUM` names the browser; else `chromium` of the path is used; else Debian's is installed where the tests run as
root; else they fail saying what to do. axe-core comes by npm, as what is served does: `deploy/vendor.py`.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from deploy import vendor

ROOT = Path(__file__).parents[2]
DEBIAN = Path("/etc/debian_version")
INSTALLING_S = 600
WHAT_TO_DO = """没有可用的浏览器。任选其一：
  设置 XFH_CHROMIUM=chromium 的路径
  安装 chromium 和 fonts-noto-cjk
  在 Debian 上以 root 运行，测试会自行安装"""


@contextmanager
def browser() -> Iterator[Browser]:
    path = executable()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox"]
        )
        try:
            yield launched
        finally:
            launched.close()


@contextmanager
def another(beside: Browser, *args: str) -> Iterator[Browser]:
    """One more, started with `args` besides."""
    launched = beside.browser_type.launch(
        executable_path=executable(), args=["--no-sandbox", *args]
    )
    try:
        yield launched
    finally:
        launched.close()


def executable() -> str:
    """The browser's program. Raises `RuntimeError`, saying what to do, when there is none."""
    given = os.environ.get("XFH_CHROMIUM") or shutil.which("chromium")
    if given is None and DEBIAN.exists() and os.geteuid() == 0:
        _install("chromium", "fonts-noto-cjk")
        given = shutil.which("chromium")
    if given is None:
        raise RuntimeError(WHAT_TO_DO)
    return given


def axe() -> str:
    """The source of axe-core."""
    vendor.fetch()
    source = vendor.MODULES / "axe-core" / "axe.min.js"
    return source.read_text(encoding="utf-8")


def _install(*packages: str) -> None:
    print(f"installing {' '.join(packages)} …", flush=True)
    _run("apt-get", "update", "-q")
    _run("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages)


def _run(*command: str, within: Path = ROOT) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        command,
        check=True,
        capture_output=True,
        timeout=INSTALLING_S,
        cwd=within,
        env=environment,
    )

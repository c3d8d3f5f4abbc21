"""What browsers keep for a year: styles, modules and pictures, under a name that changes with their content.

One version stands for all of them, so that a module finds its neighbours by a plain relative address; what comes from
npm has its own, as it is large and changes seldom. Everything is read once, and squeezed before anybody asks.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import orjson
from flask import Blueprint, Response, abort, request

from gateway.edge.etags import unless_known
from gateway.edge.gates import Gates, asking
from gateway.edge.home import here
from gateway.edge.request_log import SAME_FOR_ALL
from schemas.documents import Json

FOLDER = Path(__file__).parent / "static"
VENDOR = "vendor"
WORKER = "sw.js"
STATIC, AT_WORKER = "/web/<path:filename>", f"/{WORKER}"
GATES: Gates = {("GET", STATIC): asking(), ("GET", AT_WORKER): asking()}
FOR_EVER = "public, max-age=31536000, immutable"
VERSION_LETTERS = 12
LEAST_SQUEEZED = 500  # Bytes; what is smaller fits into a packet either way.
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
# A worker is held to the policy it comes with, not to that of the pages it fetches for.
OF_THE_WORKER = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
# What the service worker has at hand before anybody asks: all that a kept page loads.
AT_HAND = ("app.css", "door.css", "icon.svg", "islands/")


@dataclass(frozen=True, slots=True)
class File:
    content: bytes
    squeezed: bytes
    type: str


class Statics:
    """The files of a folder by name, as they were when it was made."""

    def __init__(self, folder: Path = FOLDER):
        self._files = dict(_read(folder))
        names = sorted(self._files)
        self._vendor = _version(self._files, [n for n in names if _is_vendor(n)])
        self._own = _version(self._files, [n for n in names if not _is_vendor(n)])
        self._worker = (folder / WORKER).read_text(encoding="utf-8")

    def address(self, name: str) -> str:
        """Where the file is; "" for one from npm that was not to be had. Raises `KeyError` for any other."""
        if name not in self._files:
            if _is_vendor(name):
                return ""
            raise KeyError(name)
        return f"{here()}/web/{self._version_of(name)}/{name}"

    def file(self, filename: str) -> Response:
        """With the version it has, or had, or none. What has the one of now is kept for good."""
        name = filename.partition("/")[2]
        if name not in self._files:
            name = filename
        if name not in self._files:
            abort(404)
        response = _sent(self._files[name])
        if filename != f"{self._version_of(name)}/{name}":
            return unless_known(response)
        request.environ[SAME_FOR_ALL] = True
        response.headers["Cache-Control"] = FOR_EVER
        return response

    def worker(self) -> Response:
        """The service worker, which changes whenever anything changes that it has at hand."""
        names = sorted(name for name in self._files if name.startswith(AT_HAND))
        known: Json = {"version": self._own, "home": here()}
        known |= {"assets": [self.address(name) for name in names]}
        head = f"const HERE = {orjson.dumps(known).decode()};\n"
        response = Response(head + self._worker, content_type=TYPES[".js"])
        response.headers["Content-Security-Policy"] = OF_THE_WORKER
        return unless_known(response)

    def _version_of(self, name: str) -> str:
        return self._vendor if _is_vendor(name) else self._own


def register(web: Blueprint, statics: Statics) -> None:
    web.add_url_rule(STATIC, "static", statics.file)
    web.add_url_rule(AT_WORKER, "worker", statics.worker)


def _read(folder: Path) -> Iterator[tuple[str, File]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != WORKER:
            content = path.read_bytes()
            yield name, File(content, _squeezed(content), _type(path))


@cache
def _squeezed(content: bytes) -> bytes:
    """Once in a process, however many gateways there are in it: of the largest file it takes long."""
    return gzip.compress(content, mtime=0)


def _type(path: Path) -> str:
    guessed = mimetypes.guess_type(path.name)[0]
    return TYPES.get(path.suffix) or guessed or "application/octet-stream"


def _is_vendor(name: str) -> bool:
    return name.startswith(f"{VENDOR}/")


def _version(files: dict[str, File], names: list[str]) -> str:
    digest = hashlib.sha256()
    for name in names:
        digest.update(f"{name}\0{len(files[name].content)}\0".encode())
        digest.update(files[name].content)
    return digest.hexdigest()[:VERSION_LETTERS]


def _sent(file: File) -> Response:
    is_squeezed = "gzip" in request.headers.get("Accept-Encoding", "")
    if not is_squeezed or len(file.content) < LEAST_SQUEEZED:
        return _varied(Response(file.content, content_type=file.type))
    response = _varied(Response(file.squeezed, content_type=file.type))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _varied(response: Response) -> Response:
    response.vary.add("Accept-Encoding")
    return response

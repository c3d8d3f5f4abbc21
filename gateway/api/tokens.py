"""Tokens for programs: had by password or by who is signed in, renewed, and the public keys by which they are read."""

import orjson
from flask import Response

from gateway.api.description.answers import ProblemDocument
from gateway.api.openapi import FOR_ALL, content, problems
from gateway.edge.addresses import API
from gateway.edge.application import Application, application
from gateway.edge.chapters import Chapter
from gateway.edge.gates import Gate, Gates
from gateway.edge.responses import JSON, of_json
from gateway.signin.believing import SIGNED_IN
from gateway.signin.programs import Programs
from gateway.signin.routes import SIGNING
from schemas.documents import Json
from schemas.fields import Schema
from schemas.people.tokens import AskAgain, AskTokens, Tokens

TOKENS, AGAIN = "/tokens", "/tokens/refresh"
KEYS = "/.well-known/jwks.json"
KEYS_KEPT = "public, max-age=60"
BEHIND = Gate(())  # A place is taken for each question.
GATES: Gates = {("POST", API + path): BEHIND for path in (TOKENS, AGAIN)}
WISH, SAID = AskTokens(), AskAgain()


def register(app: Application) -> None:
    programs = Programs(
        app.services, app.extensions[SIGNED_IN], app.extensions[SIGNING]
    )

    def ask_tokens() -> Response:
        wish = programs.read(WISH)
        given = programs.by_password(wish) if wish else programs.by_browser()
        return of_json(given, 201)

    def refresh_tokens() -> Response:
        return of_json(programs.again(programs.read(SAID)))

    chapter = Chapter("tokens", "程序用的令牌")
    chapter.add("POST", TOKENS, _asked(), ask_tokens)
    chapter.add("POST", AGAIN, _again(), refresh_tokens)
    app.open(chapter)
    app.add_url_rule(KEYS, "public keys", _public_keys)


def _asked() -> Json:
    summary = "取得程序用的令牌：用手机号和密码，或在页面上登录后什么都不填"
    return _described("ask_tokens", summary, AskTokens, 201)


def _again() -> Json:
    return _described("refresh_tokens", "换下一对令牌", AskAgain, 200)


def _public_keys() -> Response:
    keys = {"keys": application().verifier.ring.public()}
    response = Response(orjson.dumps(keys), content_type="application/jwk-set+json")
    response.headers["Cache-Control"] = KEYS_KEPT
    return response


def _described(name: str, summary: str, says: type[Schema], status: int) -> Json:
    problem = {"application/problem+json": {"schema": ProblemDocument}}
    too_often = {429: {"description": "试得太多，请稍后再试", "content": problem}}
    return {
        "summary": summary,
        "operationId": name,
        "security": FOR_ALL,
        "parameters": ["Key"],
        "requestBody": {"content": {JSON: {"schema": says}}},
        "responses": {status: content(Tokens, "令牌")} | problems() | too_often,
    }

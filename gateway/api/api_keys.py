"""The address where a machine's key is made: its secret is made here, shown once, and kept by nobody."""

from flask import Response, request
from flask_smorest import Blueprint

from gateway.api.openapi import BEARER, content, problems
from gateway.edge import reading
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, commanding
from gateway.edge.home import here
from gateway.edge.request_log import KEY
from gateway.edge.responses import JSON, of_json
from gateway.signin.access import SERVICE
from gateway.signin.bearing import hash_of_key
from gateway.signin.cookies import new_secret
from schemas.documents import Json, pick
from schemas.people.api_keys import ApiKey, NewApiKey, WishApiKey

PATH, COMMAND = "/api-keys", "make_api_key"
GATES: Gates = {("POST", API + PATH): commanding(SERVICE, COMMAND)}
WISH, SHOWN = WishApiKey(), tuple(ApiKey().fields)


def register(app: Application) -> None:
    routes = Blueprint("api-keys", "api-keys", url_prefix=API, description="接口密钥")
    routes.route(PATH, methods=["POST"])(routes.doc(**_described())(make_api_key))
    app.api.register_blueprint(routes)


def make_api_key() -> Response:
    """Asked again with the same Idempotency-Key, it is the same key, whose secret nobody has any more to show."""
    asker = Asker.of(request)
    secret = new_secret()
    payload = reading.command(request, WISH, {}) | {"hash": hash_of_key(secret)}
    answer = asker.ask(SERVICE, COMMAND, payload, key=request.environ[KEY])
    made = answer["document"]
    shown: Json = {"document": pick(made, *SHOWN)}
    if made["hash"] == payload["hash"]:
        shown["key"] = f"xfh_{made['id']}_{secret}"
    return of_json(shown, 201, {"Location": f"{here()}{API}{PATH}/{made['id']}"})


def _described() -> Json:
    return {
        "summary": "给程序做一把接口密钥，只显示这一次",
        "operationId": COMMAND,
        "security": BEARER,
        "parameters": ["Key"],
        "requestBody": {"required": True, "content": {JSON: {"schema": WishApiKey}}},
        "responses": {201: content(NewApiKey, "新的密钥")} | problems(),
    }

"""The baseline: a bare Flask handler that makes one durable SQLite commit per POST."""

import os
import sqlite3
import threading

from flask import Flask, Response, request

app = Flask(__name__)
lock = threading.Lock()
database = sqlite3.connect(
    os.environ["BARE_FILE"], isolation_level=None, check_same_thread=False
)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=FULL")
database.execute(
    "CREATE TABLE IF NOT EXISTS signups (id INTEGER PRIMARY KEY, body TEXT NOT NULL)"
)


@app.post("/signups")
def sign_up() -> Response:
    with lock:
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "INSERT INTO signups (body) VALUES (?)", (request.get_data(as_text=True),)
        )
        database.execute("COMMIT")
    return Response(
        '{"state": "confirmed"}', status=201, content_type="application/json"
    )


@app.get("/readyz")
def ready() -> str:
    return "ready"

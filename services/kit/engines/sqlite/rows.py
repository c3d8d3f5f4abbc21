"""The tables of a file, and documents as its rows hold them."""

import orjson

from schemas.documents import Json

SUBJECT = "coalesce(json_extract(doc, '$.of'), json_extract(doc, '$.by'))"
HAS_SUBJECT = f"{SUBJECT} IS NOT NULL"  # Said by a query as well, or the index is of no use to it.
THEIRS = f"SELECT doc FROM keep WHERE kind = ? AND {SUBJECT} = ? AND {HAS_SUBJECT} ORDER BY id"
TABLES = (
    """CREATE TABLE IF NOT EXISTS log (
        seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, version INTEGER NOT NULL,
        key TEXT NOT NULL UNIQUE, event TEXT NOT NULL, UNIQUE (stream, version))""",
    "CREATE TABLE IF NOT EXISTS answers (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL)",
    "CREATE INDEX IF NOT EXISTS log_by_type ON log (json_extract(event, '$.type'), seq)",
    """CREATE TABLE IF NOT EXISTS cursors (
        generation INTEGER NOT NULL, source TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (generation, source))""",
    # Beside the cursors, whose rows versions before write whole. A mark is of its own position alone.
    """CREATE TABLE IF NOT EXISTS marks (
        generation INTEGER NOT NULL, source TEXT NOT NULL, position INTEGER NOT NULL,
        event TEXT NOT NULL, types TEXT NOT NULL, PRIMARY KEY (generation, source))""",
    "CREATE TABLE IF NOT EXISTS generations (serving INTEGER NOT NULL, rebuilding INTEGER)",
    "INSERT INTO generations SELECT 1, NULL WHERE NOT EXISTS (SELECT 1 FROM generations)",
    "CREATE TABLE IF NOT EXISTS whose (service TEXT NOT NULL)",
    """CREATE TABLE IF NOT EXISTS keep (
        kind TEXT NOT NULL, id TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (kind, id))""",
    f"CREATE INDEX IF NOT EXISTS keep_by_subject ON keep (kind, {SUBJECT}, id) WHERE {HAS_SUBJECT}",
)


def dumps(doc: Json) -> str:
    """As JSON, the fields in the order they have: a document that was read and not changed is written alike."""
    return orjson.dumps(doc).decode()


def all_there(index: tuple[str, ...]) -> str:
    """Only documents with all its fields are in an index. SQLite uses it for a query that says just that."""
    return " AND ".join(f"{field(name)} IS NOT NULL" for name in index)


def field(name: str) -> str:
    """What SQL calls the field of a document. Names are those of indexes, never what somebody has typed."""
    return "id" if name == "id" else f"json_extract(doc, '$.{name}')"

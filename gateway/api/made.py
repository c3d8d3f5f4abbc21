"""Secrets made here for commands: a service is told their hash, and who asks is shown them, once.

Asked again with the same Idempotency-Key, the document has the hash of the first, which nobody has any more to show.
"""

import marshmallow as ma

from gateway.api.routes import Made, Secret
from gateway.signin.bearing import hash_of_key
from gateway.signin.cookies import new_secret
from gateway.signin.second_factors import new_codes
from schemas.documents import Json
from schemas.people.second_factors import RECOVERY_CODES, all_of, hash_of_code


def _key() -> Secret:
    secret = new_secret()
    hash = hash_of_key(secret)

    def shown(document: Json) -> Json:
        is_first = document["hash"] == hash
        return {"key": f"xfh_{document['id']}_{secret}"} if is_first else {}

    return Secret({"hash": hash}, shown)


def _codes() -> Secret:
    codes = new_codes()
    hashes = [hash_of_code(code) for code in codes]

    def shown(document: Json) -> Json:
        is_first = document["recovery_of"] == all_of(hashes)
        return {"recovery_codes": codes if is_first else []}

    return Secret({"hashes": hashes}, shown)


API_KEY = Made(
    ("hash",),
    {
        "key": ma.fields.String(
            metadata={
                "description": "放在 Authorization: Bearer 后面；只显示这一次",
            }
        )
    },
    _key,
)
RECOVERY = Made(
    ("hashes",),
    {
        "recovery_codes": ma.fields.List(
            ma.fields.String(),
            required=True,
            metadata={"description": f"{RECOVERY_CODES} 个恢复码，只显示这一次"},
        )
    },
    _codes,
)

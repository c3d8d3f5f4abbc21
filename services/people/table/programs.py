"""Tokens of programs, and keys of machines."""

from schemas.people import api_keys as of_api_keys
from schemas.people import sessions as of_sessions
from schemas.people import tokens as of_tokens
from schemas.people.roles import GRANTED
from schemas.token import ROLES
from services.kit.entrypoints import command, due, query
from services.people.model.keys import keys_of
from services.people.rules import api_keys as api_key_rules
from services.people.rules import tokens as token_rules
from services.people.table.askers import PLATFORM
from services.people.views import api_keys as api_key_views
from services.people.views import tokens as token_views

SESSION = ("sessions", "session")
API_KEY = ("api_keys", "api_key")


class Programs:
    # Tokens, asked by the gateway for programs.
    begin_tokens = command(
        of_tokens.BeginTokens, token_rules.begin, by=PLATFORM, shows=SESSION
    )
    refresh_tokens = command(
        of_tokens.RefreshTokens,
        token_rules.refresh,
        by=PLATFORM,
        shows=SESSION,
        given=keys_of,
    )
    get_tokens = query(
        of_sessions.FindSession,
        token_views.get_tokens,
        by=PLATFORM,
        given=token_views.given,
    )

    # Keys of machines.
    make_api_key = command(
        of_api_keys.MakeApiKey, api_key_rules.make, by=GRANTED, shows=API_KEY
    )
    revoke_api_key = command(
        of_api_keys.OfApiKey, api_key_rules.revoke, by=ROLES, shows=API_KEY
    )
    expire_api_key = due("api_keys", {"state": "live"}, api_key_rules.expire, by="ends")
    get_api_key = query(of_api_keys.OfApiKey, api_key_views.get_api_key, by=ROLES)
    list_api_keys = query(
        of_api_keys.ListApiKeys, api_key_views.list_api_keys, by=ROLES
    )
    find_api_key = query(
        of_api_keys.FindApiKey, api_key_views.find_api_key, by=PLATFORM
    )

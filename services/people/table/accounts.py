"""Accounts, and the sessions of each."""

from schemas.people import accounts as of_accounts
from schemas.people import persons as of_persons
from schemas.people import sessions as of_sessions
from schemas.token import ROLES
from services.kit.entrypoints import command, due, query
from services.people.model.keys import keys_of
from services.people.rules import accounts as account_rules
from services.people.rules import sessions
from services.people.table.askers import KEEPERS
from services.people.views import accounts as account_views

PERSON = ("persons", "person")
ACCOUNT = ("accounts", "account")
SESSION = ("sessions", "session")


class Accounts:
    # Accounts.
    open_account = command(
        of_accounts.OpenAccount,
        account_rules.open,
        by=KEEPERS,
        shows=ACCOUNT,
        given=keys_of,
    )
    change_login = command(
        of_accounts.ChangeLogin,
        account_rules.change_login,
        by=KEEPERS,
        shows=ACCOUNT,
        given=keys_of,
    )
    suspend_account = command(
        of_accounts.SuspendAccount, account_rules.suspend, by=ROLES, shows=ACCOUNT
    )
    reinstate_account = command(
        of_accounts.OfAccount, account_rules.reinstate, by=KEEPERS, shows=ACCOUNT
    )
    get_account = query(of_accounts.OfAccount, account_views.get_account, by=ROLES)

    # Sessions.
    end_session = command(of_sessions.OfSession, sessions.end, by=ROLES, shows=SESSION)
    sign_out_everywhere = command(
        of_persons.OfMine, sessions.end_all, by=ROLES, shows=PERSON
    )
    expire_session = due("sessions", {"state": "live"}, sessions.expire, by="until")
    list_signed_in = query(
        of_sessions.ListSessions, account_views.list_signed_in, by=ROLES
    )

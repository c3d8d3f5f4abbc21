"""The people service: what it answers to, nothing else."""

import schemas.people  # noqa: F401  # Declares its events.
from schemas.people import accounts as of_accounts
from schemas.people import api_keys as of_api_keys
from schemas.people import consents as of_consents
from schemas.people import desk_codes as of_desk_codes
from schemas.people import invitations as of_invitations
from schemas.people import links as of_links
from schemas.people import passwords as of_passwords
from schemas.people import persons as of_persons
from schemas.people import roles as of_roles
from schemas.people import sent_codes as of_sent_codes
from schemas.people import sessions as of_sessions
from schemas.people import tokens as of_tokens
from schemas.people.roles import GRANTED
from schemas.token import ROLES
from services.district.authority import STREET
from services.kit.entrypoints import Service, command, due, follows, query
from services.kit.seals.keeping import KeepsSeals
from services.people.folds import tables
from services.people.model import lifecycles
from services.people.model.keys import keys_of
from services.people.model.passwords import with_hash
from services.people.rules import accounts as account_rules
from services.people.rules import api_keys as api_key_rules
from services.people.rules import consents as consent_rules
from services.people.rules import desk, invitations, offices, sent_codes, sessions
from services.people.rules import links as link_rules
from services.people.rules import persons as person_rules
from services.people.rules import roles as role_rules
from services.people.rules import tokens as token_rules
from services.people.views import accounts as account_views
from services.people.views import api_keys as api_key_views
from services.people.views import consents as consent_views
from services.people.views import links as link_views
from services.people.views import persons as person_views
from services.people.views import roles as role_views
from services.people.views import signing_in
from services.people.views import tokens as token_views

PERSON = ("persons", "person")
ACCOUNT = ("accounts", "account")
LINK = ("links", "link")
CONSENT = ("consents", "consent")
GRANT = ("grants", "grant")
INVITATION = ("invitations", "invitation")
DESK_CODE = ("desk_codes", "desk_code")
SENT_CODE = ("sent_codes", "sent_code")
SESSION = ("sessions", "session")
API_KEY = ("api_keys", "api_key")
NOTHING: tuple[str, ...] = ()
KEEPERS = ("community_worker", *STREET)
PLATFORM = ("system",)


class People(KeepsSeals, Service):
    name = "people"
    collections = tables.COLLECTIONS
    folds = tables.FOLDS
    sealed_in = "branches"
    lifecycles = lifecycles.ALL

    # A person's record.
    record_person = command(
        of_persons.RecordPerson, person_rules.record, by=KEEPERS, shows=PERSON
    )
    change_person = command(
        of_persons.ChangePerson, person_rules.change, by=ROLES, shows=PERSON
    )
    move_person = command(
        of_persons.MovePerson, person_rules.move, by=KEEPERS, shows=PERSON
    )
    reveal_person = command(
        of_persons.RevealPerson, person_rules.reveal, by=KEEPERS, shows=PERSON
    )
    erase_person = command(
        of_persons.ErasePerson, person_rules.erase, by=ROLES, shows=PERSON
    )
    get_person = query(of_persons.OfPerson, person_views.get_person, by=ROLES)
    get_me = query(of_persons.OfMine, person_views.get_me, by=ROLES)
    list_persons = query(of_persons.ListPersons, person_views.list_persons, by=KEEPERS)
    find_persons = query(
        of_persons.FindPersons, person_views.find_persons, by=KEEPERS, apart=True
    )
    list_looks = query(of_persons.ListLooks, person_views.list_looks, by=ROLES)

    # Who acts for whom.
    begin_link = command(of_links.BeginLink, link_rules.begin, by=KEEPERS, shows=LINK)
    end_link = command(of_links.EndLink, link_rules.end, by=ROLES, shows=LINK)
    lapse_link = due("links", {"state": "active"}, link_rules.lapse, by="ends")
    list_links = query(of_links.ListLinks, link_views.list_links, by=ROLES)
    list_my_links = query(of_links.ListMyLinks, link_views.list_my_links, by=ROLES)

    # What they have agreed to.
    give_consent = command(
        of_consents.GiveConsent, consent_rules.give, by=ROLES, shows=CONSENT
    )
    withdraw_consent = command(
        of_consents.WithdrawConsent, consent_rules.withdraw, by=ROLES, shows=CONSENT
    )
    list_consents = query(
        of_consents.ListConsents, consent_views.list_consents, by=ROLES
    )

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

    # Roles.
    grant_role = command(of_roles.GrantRole, role_rules.grant, by=STREET, shows=GRANT)
    revoke_role = command(
        of_roles.RevokeRole, role_rules.revoke, by=STREET, shows=GRANT
    )
    begin_role = due("grants", {"state": "planned"}, role_rules.begin, by="begins")
    expire_role = due("grants", {"state": "held"}, role_rules.expire, by="ends")
    follow_secretary = follows(
        "branches", "secretary_appointed.v1", offices.follow_secretary
    )
    end_merged = follows("branches", "branch_merged.v1", offices.end_secretary)
    end_dissolved = follows("branches", "branch_dissolved.v1", offices.end_secretary)
    get_grant = query(of_roles.OfGrant, role_views.get_grant, by=ROLES)
    list_grants = query(of_roles.ListGrants, role_views.list_grants, by=ROLES)
    list_holders = query(of_roles.ListHolders, role_views.list_holders, by=STREET)
    access = query(of_roles.AskAccess, role_views.access, by=PLATFORM)
    changed_access = query(
        of_roles.AskChangedAccess, role_views.changed_access, by=PLATFORM
    )

    # Ways in.
    invite = command(
        of_persons.OfPerson, invitations.invite, by=KEEPERS, shows=INVITATION
    )
    withdraw_invitation = command(
        of_invitations.OfInvitation, invitations.withdraw, by=KEEPERS, shows=INVITATION
    )
    accept_invitation = command(
        of_invitations.AcceptInvitation,
        invitations.accept,
        by=PLATFORM,
        shows=INVITATION,
        given=keys_of,
        prepared=with_hash,
    )
    expire_invitation = due(
        "invitations", {"state": "open"}, invitations.expire, by="until"
    )
    get_invitation = query(
        of_invitations.OfInvitation,
        account_views.get_invitation,
        by=KEEPERS,
        given=keys_of,
    )
    give_desk_code = command(
        of_persons.OfPerson, desk.give, by=KEEPERS, shows=DESK_CODE
    )
    expire_desk_code = due("desk_codes", {"state": "open"}, desk.expire, by="until")
    get_desk_code = query(
        of_desk_codes.OfDeskCode, account_views.get_desk_code, by=KEEPERS, given=keys_of
    )

    # Codes that are sent: asked for through the gateway, carried by who sends them.
    ask_for_code = command(
        of_sent_codes.AskForCode,
        sent_codes.ask,
        by=PLATFORM,
        shows=NOTHING,
        given=sent_codes.means_of,
    )
    take_code = command(
        of_sent_codes.TakeCode, sent_codes.take, by=PLATFORM, shows=SENT_CODE
    )
    read_code = query(
        of_sent_codes.OfSentCode, sent_codes.read, by=PLATFORM, given=keys_of
    )
    report_code = command(
        of_sent_codes.ReportCode, sent_codes.report, by=PLATFORM, shows=SENT_CODE
    )
    expire_sent_code = due(
        "sent_codes", {"state": "open"}, sent_codes.expire, by="until"
    )
    enter_by_code = command(
        of_sent_codes.EnterByCode,
        sent_codes.enter,
        by=PLATFORM,
        shows=NOTHING,
        given=keys_of,
    )

    # Asked by the gateway for who signs in.
    enter_by_desk = command(
        of_desk_codes.EnterByDesk, desk.enter, by=PLATFORM, shows=NOTHING, given=keys_of
    )
    enter_by_password = command(
        of_passwords.EnterByPassword,
        sessions.enter_by_password,
        by=PLATFORM,
        shows=NOTHING,
    )
    set_password = command(
        of_passwords.SetPassword,
        sessions.set_password,
        by=PLATFORM,
        shows=ACCOUNT,
        prepared=with_hash,
    )
    check_password = query(
        of_passwords.CheckPassword,
        signing_in.check_password,
        by=PLATFORM,
        given=keys_of,
        apart=True,
    )
    check_own_password = query(
        of_passwords.CheckOwnPassword,
        signing_in.check_own_password,
        by=PLATFORM,
        apart=True,
    )
    find_session = query(of_sessions.FindSession, signing_in.find_session, by=PLATFORM)

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

    # Sessions.
    end_session = command(of_sessions.OfSession, sessions.end, by=ROLES, shows=SESSION)
    sign_out_everywhere = command(
        of_persons.OfMine, sessions.end_all, by=ROLES, shows=PERSON
    )
    expire_session = due("sessions", {"state": "live"}, sessions.expire, by="until")
    list_signed_in = query(
        of_sessions.ListSessions, account_views.list_signed_in, by=ROLES
    )

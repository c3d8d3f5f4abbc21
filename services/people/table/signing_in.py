"""What the gateway asks for who signs in: by password, by what others say, with a second factor."""

from schemas.people import desk_codes as of_desk_codes
from schemas.people import identities as of_identities
from schemas.people import passwords as of_passwords
from schemas.people import persons as of_persons
from schemas.people import second_factors as of_second_factors
from schemas.people import sessions as of_sessions
from schemas.token import ROLES
from services.kit.entrypoints import command, query
from services.people.model.keys import keys_of
from services.people.model.passwords import with_hash
from services.people.model.second_factors import with_secret
from services.people.rules import desk, identities, sessions
from services.people.rules import second_factors as second_rules
from services.people.table.askers import KEEPERS, NOTHING, PLATFORM
from services.people.views import identities as identity_views
from services.people.views import second_factors as second_views
from services.people.views import signing_in

ACCOUNT = ("accounts", "account")


class SigningIn:
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

    # Who somebody is elsewhere.
    link_identity = command(
        of_identities.LinkIdentity,
        identities.link,
        by=PLATFORM,
        shows=NOTHING,
        given=keys_of,
    )
    unlink_identity = command(
        of_identities.UnlinkIdentity, identities.unlink, by=PLATFORM, shows=NOTHING
    )
    list_identities = query(of_persons.OfPerson, identity_views.listed, by=PLATFORM)
    enter_by_identity = command(
        of_identities.EnterByIdentity,
        identities.enter,
        by=PLATFORM,
        shows=NOTHING,
        given=keys_of,
    )

    # The second factor.
    offer_second_factor = command(
        of_second_factors.OfferSecondFactor,
        second_rules.offer,
        by=ROLES,
        shows=ACCOUNT,
        prepared=with_secret,
    )
    confirm_second_factor = command(
        of_second_factors.ConfirmSecondFactor,
        second_rules.confirm,
        by=ROLES,
        shows=ACCOUNT,
    )
    take_off_second_factor = command(
        of_second_factors.TakeOffSecondFactor,
        second_rules.take_off,
        by=KEEPERS,
        shows=ACCOUNT,
    )
    get_second_factor = query(
        of_second_factors.AskSecondFactor, second_views.get_second_factor, by=ROLES
    )

"""Ways in: an invitation, a code from the desk, a code that is sent."""

from schemas.people import desk_codes as of_desk_codes
from schemas.people import invitations as of_invitations
from schemas.people import persons as of_persons
from schemas.people import sent_codes as of_sent_codes
from services.kit.entrypoints import command, due, query
from services.people.model.keys import keys_of
from services.people.model.passwords import with_hash
from services.people.rules import desk, invitations, sent_codes
from services.people.table.askers import KEEPERS, NOTHING, PLATFORM
from services.people.views import accounts as account_views
from services.people.views import sent_codes as code_views

INVITATION = ("invitations", "invitation")
DESK_CODE = ("desk_codes", "desk_code")
SENT_CODE = ("sent_codes", "sent_code")


class WaysIn:
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
        of_sent_codes.OfSentCode,
        code_views.read,
        by=PLATFORM,
        given=sent_codes.means_of,
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

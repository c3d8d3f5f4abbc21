"""Sign-ups: the party, the queue, the seats that become free."""

from schemas.activities import signups as asks
from services.activities.rules import offers, parties, places, signups
from services.activities.table.columns import (
    AT_THE_DOOR,
    EVERYBODY,
    KEEPERS,
    PEOPLE,
    SEAT,
    SIGNUP,
)
from services.activities.views import signups as answers
from services.kit.entrypoints import command, due, query


class Signups:
    """The part of the table for sign-ups."""

    # A table: an entry a line.
    # fmt: off
    sign_up = command(asks.SignUp, signups.sign_up, by=PEOPLE, shows=SIGNUP)
    cancel_signup = command(asks.CancelSignup, signups.cancel_signup, by=AT_THE_DOOR, shows=SIGNUP)
    approve_signup = command(asks.OfSignup, signups.approve_signup, by=KEEPERS, shows=SIGNUP)
    decline_signup = command(asks.DeclineSignup, signups.decline_signup, by=KEEPERS, shows=SIGNUP)
    accept_offer = command(asks.AcceptOffer, offers.accept_offer, by=PEOPLE, shows=SIGNUP)
    pass_on = command(asks.PassOn, parties.pass_on, by=PEOPLE, shows=SIGNUP)
    add_to_party = command(asks.AddToParty, parties.add, by=PEOPLE, shows=SIGNUP)
    join_party = command(asks.JoinParty, parties.join, by=PEOPLE, shows=SEAT)
    leave_party = command(asks.LeaveParty, parties.leave, by=AT_THE_DOOR, shows=SEAT)
    settle = due("seatings", {}, places.settle, by="settle_at")
    let_offer_lapse = due("signups", {}, offers.let_offer_lapse, by="answer_by")
    get_signup = query(asks.GetSignup, answers.get_signup, by=AT_THE_DOOR)
    my_signups = query(asks.MySignups, answers.my_signups, by=EVERYBODY)
    list_signups = query(asks.ListSignups, answers.list_signups, by=KEEPERS)
    roster = query(asks.Roster, answers.roster, by=KEEPERS)
    # fmt: on

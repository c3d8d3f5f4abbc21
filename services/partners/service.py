"""The partners service: what it answers to, nothing else."""

from schemas.partners import partners as schemas
from services.district.authority import STREET
from services.district.waiting import Waits, asks_waiting, counts_waiting
from services.kit.entrypoints import command, query
from services.kit.service import Service
from services.partners import folds
from services.partners import views as answers
from services.partners.model import lifecycles
from services.partners.rules import alliance, applications, standing
from services.partners.waiting import TASKS

PARTNER = ("partners", "partner")
APPLICANTS = ("partner_manager", "resident", "community_worker", *STREET)
READERS = (*APPLICANTS, "unit_liaison", "branch_secretary", "district_analyst")


class Partners(Waits, Service):
    name = "partners"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    erases_for = "people"
    sealed_in = "people"
    lifecycles = (lifecycles.PARTNER,)
    tasks = TASKS

    waiting = asks_waiting(TASKS)
    count_waiting = counts_waiting(TASKS)

    apply = command(schemas.Apply, applications.apply, by=APPLICANTS, shows=PARTNER)
    approve = command(schemas.OfPartner, applications.approve, by=STREET, shows=PARTNER)
    reject = command(schemas.Reject, applications.reject, by=STREET, shows=PARTNER)
    reapply = command(
        schemas.Reapply, applications.reapply, by=APPLICANTS, shows=PARTNER
    )
    update_profile = command(
        schemas.UpdateProfile, applications.update_profile, by=APPLICANTS, shows=PARTNER
    )
    erase_words = command(
        schemas.OfPartner, applications.erase_words, by=APPLICANTS, shows=PARTNER
    )
    appeal_partner = command(
        schemas.AppealPartner, applications.appeal, by=APPLICANTS, shows=PARTNER
    )
    decide_partner_appeal = command(
        schemas.DecidePartnerAppeal,
        applications.decide_appeal,
        by=STREET,
        shows=PARTNER,
    )
    withdraw_partner_approval = command(
        schemas.WithdrawPartnerApproval,
        standing.withdraw_approval,
        by=STREET,
        shows=PARTNER,
        rests_on=("activities",),
    )
    suspend = command(
        schemas.Suspend,
        standing.suspend,
        by=STREET,
        shows=PARTNER,
        rests_on=("cobuild",),
    )
    reinstate = command(schemas.OfPartner, standing.reinstate, by=STREET, shows=PARTNER)
    withdraw = command(
        schemas.Withdraw, standing.withdraw, by=APPLICANTS, shows=PARTNER
    )
    join_alliance = command(
        schemas.JoinAlliance, alliance.join, by=APPLICANTS, shows=PARTNER
    )
    leave_alliance = command(
        schemas.LeaveAlliance, alliance.leave, by=APPLICANTS, shows=PARTNER
    )
    get_partner = query(schemas.OfPartner, answers.get_partner, by=READERS)
    list_partners = query(schemas.ListPartners, answers.list_partners, by=READERS)
    list_members = query(schemas.ListMembers, answers.list_members, by=READERS)

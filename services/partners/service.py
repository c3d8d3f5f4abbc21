"""The partners service: what it answers to, nothing else."""

from schemas import partners as schemas
from schemas.documents import Json
from services.district.authority import STREET
from services.district.waiting import Waits
from services.kit.entrypoints import Asked, Service, command, query
from services.kit.log import Fact
from services.kit.views import Overlay, Views
from services.partners import folds
from services.partners import views as answers
from services.partners.rules import alliance, applications, standing
from services.partners.rules.life import LIFE
from services.partners.waiting import TASKS

PARTNER = ("partners", "partner")
APPLICANTS = ("partner_manager", "resident", "community_worker", *STREET)
READERS = (*APPLICANTS, "unit_liaison", "branch_secretary", "district_analyst")


class Partners(Waits, Service):
    name = "partners"
    collections = folds.COLLECTIONS
    folds = folds.FOLDS
    lifecycles = (LIFE,)
    tasks = TASKS

    @command(schemas.Apply, by=APPLICANTS, shows=PARTNER)
    def apply(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.apply(docs, command, asked)

    @command(schemas.OfPartner, by=STREET, shows=PARTNER)
    def approve(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.approve(docs, command, asked)

    @command(schemas.Reject, by=STREET, shows=PARTNER)
    def reject(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.reject(docs, command, asked)

    @command(schemas.Reapply, by=APPLICANTS, shows=PARTNER)
    def reapply(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.reapply(docs, command, asked)

    @command(schemas.UpdateProfile, by=APPLICANTS, shows=PARTNER)
    def update_profile(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.update_profile(docs, command, asked)

    @command(schemas.OfPartner, by=APPLICANTS, shows=PARTNER)
    def erase_words(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.erase_words(docs, command, asked)

    @command(schemas.AppealPartner, by=APPLICANTS, shows=PARTNER)
    def appeal_partner(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.appeal(docs, command, asked)

    @command(schemas.DecidePartnerAppeal, by=STREET, shows=PARTNER)
    def decide_partner_appeal(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return applications.decide_appeal(docs, command, asked)

    @command(schemas.WithdrawPartnerApproval, by=STREET, shows=PARTNER, rests_on=("activities",))
    def withdraw_partner_approval(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return standing.withdraw_approval(docs, command, asked)

    @command(schemas.Suspend, by=STREET, shows=PARTNER, rests_on=("cobuild",))
    def suspend(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return standing.suspend(docs, command, asked)

    @command(schemas.OfPartner, by=STREET, shows=PARTNER)
    def reinstate(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return standing.reinstate(docs, command, asked)

    @command(schemas.Withdraw, by=APPLICANTS, shows=PARTNER)
    def withdraw(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return standing.withdraw(docs, command, asked)

    @command(schemas.JoinAlliance, by=APPLICANTS, shows=PARTNER)
    def join_alliance(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return alliance.join(docs, command, asked)

    @command(schemas.LeaveAlliance, by=APPLICANTS, shows=PARTNER)
    def leave_alliance(self, docs: Overlay, command: Json, asked: Asked) -> Fact:
        return alliance.leave(docs, command, asked)

    @query(schemas.OfPartner, by=READERS)
    def get_partner(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.get_partner(views, question, asked)

    @query(schemas.ListPartners, by=READERS)
    def list_partners(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_partners(views, question, asked)

    @query(schemas.ListMembers, by=READERS)
    def list_members(self, views: Views, question: Json, asked: Asked) -> Json:
        return answers.list_members(views, question, asked)

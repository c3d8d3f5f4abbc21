"""The partners service: what it answers to, nothing else."""

from schemas import partners as schemas
from services.kit.authority import STREET
from services.kit.entrypoints import Asked, Service, command, query
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Views
from services.partners import rules
from services.partners import views as answers

PARTNER = ("partners", "partner")
APPLICANTS = ("partner_manager", "resident", "community_worker", *STREET)
READERS = (*APPLICANTS, "unit_liaison", "branch_secretary", "district_analyst")


class Partners(Service):
    name = "partners"
    collections = answers.COLLECTIONS
    folds = answers.FOLDS

    @command(schemas.Apply, by=APPLICANTS, shows=PARTNER)
    def apply(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.apply(docs, command, asked)

    @command(schemas.OfPartner, by=STREET, shows=PARTNER)
    def approve(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.approve(docs, command, asked)

    @command(schemas.Reject, by=STREET, shows=PARTNER)
    def reject(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.reject(docs, command, asked)

    @command(schemas.Reapply, by=APPLICANTS, shows=PARTNER)
    def reapply(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.reapply(docs, command, asked)

    @command(schemas.UpdateProfile, by=APPLICANTS, shows=PARTNER)
    def update_profile(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.update_profile(docs, command, asked)

    @query(schemas.OfPartner, by=READERS)
    def get_partner(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_partner(views, question, asked)

    @query(schemas.ListPartners, by=READERS)
    def list_partners(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_partners(views, question, asked)

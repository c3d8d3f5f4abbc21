"""The branches service: what it answers to, nothing else."""

from schemas import branches as schemas
from services.branches import rules
from services.branches import views as answers
from services.kit.authority import STREET
from services.kit.entrypoints import Asked, Service, command, query
from services.kit.log import Data, Fact
from services.kit.views import Doc, Overlay, Views

BRANCH = ("branches", "branch")
READERS = (
    *STREET, "resident", "community_worker", "unit_liaison", "partner_manager", "branch_secretary", "district_analyst",
)  # fmt: skip


class Branches(Service):
    name = "branches"
    collections = answers.COLLECTIONS
    folds = answers.FOLDS

    @command(schemas.RecordDivision, by=("district_admin",), shows=("divisions", "division"))
    def record_division(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.record_division(docs, command, asked)

    @command(schemas.EstablishCommittee, by=STREET, shows=("committees", "committee"))
    def establish_committee(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.establish_committee(docs, command, asked)

    @command(schemas.RecordSite, by=STREET, shows=("sites", "site"))
    def record_site(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.record_site(docs, command, asked)

    @command(schemas.EstablishBranch, by=STREET, shows=BRANCH)
    def establish_branch(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.establish_branch(docs, command, asked)

    @command(schemas.LinkOversight, by=STREET, shows=BRANCH)
    def link_oversight(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.link_oversight(docs, command, asked)

    @command(schemas.EndOversight, by=STREET, shows=BRANCH)
    def end_oversight(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.end_oversight(docs, command, asked)

    @command(schemas.AppointSecretary, by=STREET, shows=BRANCH)
    def appoint_secretary(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.appoint_secretary(docs, command, asked)

    @query(schemas.GetBranch, by=READERS)
    def get_branch(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_branch(views, question, asked)

    @query(schemas.ListBranches, by=READERS)
    def list_branches(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_branches(views, question, asked)

    @query(schemas.GetDivision)
    def get_division(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_division(views, question, asked)

    @query(schemas.ListDivisions)
    def list_divisions(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_divisions(views, question, asked)

"""The cobuild service: what it answers to, nothing else."""

from schemas import cobuild as schemas
from services.cobuild import reservations, rules
from services.cobuild import views as answers
from services.kit.authority import STREET
from services.kit.entrypoints import Asked, Service, command, follows, query
from services.kit.log import Data, Event, Fact
from services.kit.views import Doc, Overlay, Views

UNIT = ("units", "unit")
OFFERING = ("offerings", "offering")
UNITS = ("unit_liaison", *STREET)
READERS = (*UNITS, "resident", "community_worker", "partner_manager", "branch_secretary", "district_analyst")


class Cobuild(Service):
    name = "cobuild"
    collections = answers.COLLECTIONS
    folds = answers.FOLDS

    @command(schemas.RegisterUnit, by=UNITS, shows=UNIT)
    def register_unit(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.register_unit(docs, command, asked)

    @command(schemas.OfUnit, by=STREET, shows=UNIT)
    def approve_unit(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.approve_unit(docs, command, asked)

    @command(schemas.RejectUnit, by=STREET, shows=UNIT)
    def reject_unit(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.reject_unit(docs, command, asked)

    @command(schemas.UpdateUnit, by=UNITS, shows=UNIT)
    def update_unit(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.update_unit(docs, command, asked)

    @command(schemas.PublishOffering, by=UNITS, shows=OFFERING)
    def publish_offering(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.publish_offering(docs, command, asked)

    @command(schemas.PauseOffering, by=UNITS, shows=OFFERING)
    def pause_offering(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.pause_offering(docs, command, asked)

    @command(schemas.OfOffering, by=UNITS, shows=OFFERING)
    def resume_offering(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.resume_offering(docs, command, asked)

    @command(schemas.OfOffering, by=UNITS, shows=OFFERING)
    def retire_offering(self, docs: Overlay, command: Data, asked: Asked) -> Fact:
        return rules.retire_offering(docs, command, asked)

    @follows("activities", "offering_requested.v1")
    def reserve(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return reservations.reserve(docs, event)

    @follows("activities", "activity_cancelled.v1")
    def release_all(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return reservations.release_all(docs, event)

    @follows("activities", "offering_request_withdrawn.v1")
    def release_one(self, docs: Overlay, event: Event, asked: Asked) -> Fact | None:
        return reservations.release_one(docs, event)

    @query(schemas.OfUnit, by=READERS)
    def get_unit(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_unit(views, question, asked)

    @query(schemas.ListUnits, by=READERS)
    def list_units(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_units(views, question, asked)

    @query(schemas.OfOffering)
    def get_offering(self, views: Views, question: Data, asked: Asked) -> Doc:
        return answers.get_offering(views, question, asked)

    @query(schemas.ListOfferings)
    def list_offerings(self, views: Views, question: Data, asked: Asked) -> Data:
        return answers.list_offerings(views, question, asked)

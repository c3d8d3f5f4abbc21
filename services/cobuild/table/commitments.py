"""Commitments: needs that a unit has taken on."""

from schemas.cobuild import commitments as schemas
from services.cobuild.rules import commitments, standing
from services.cobuild.table.roles import HANDLERS, READERS, UNITS
from services.cobuild.views import commitments as views
from services.district.authority import STREET
from services.kit.entrypoints import command, due, query

COMMITMENT = ("commitments", "commitment")


class Commitments:
    claim_need = command(
        schemas.ClaimNeed, commitments.claim_need, by=UNITS, shows=COMMITMENT
    )
    dispatch_need = command(
        schemas.DispatchNeed, commitments.dispatch_need, by=HANDLERS, shows=COMMITMENT
    )
    undertake_resolution = command(
        schemas.UndertakeResolution,
        commitments.undertake_resolution,
        by=STREET,
        shows=COMMITMENT,
    )
    begin_commitment = command(
        schemas.OfOneCommitment,
        commitments.begin_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    decline_commitment = command(
        schemas.DeclineCommitment,
        commitments.decline_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    postpone_commitment = command(
        schemas.PostponeCommitment,
        commitments.postpone_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    fulfil_commitment = command(
        schemas.FulfilCommitment,
        commitments.fulfil_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    give_up_commitment = command(
        schemas.GiveUpCommitment,
        commitments.give_up_commitment,
        by=UNITS,
        shows=COMMITMENT,
    )
    give_back_commitment = due(
        "commitments", {}, standing.give_back, by="gives_back_at"
    )
    lapse_commitment = due(
        "commitments", {"state": "held"}, commitments.lapse, by="lease_until"
    )
    note_commitment_overdue = due(
        "commitments", {"deadline": "ahead"}, commitments.note_overdue, by="due_at"
    )
    get_commitment = query(schemas.OfOneCommitment, views.get_commitment, by=READERS)
    list_commitments = query(
        schemas.ListCommitments, views.list_commitments, by=READERS
    )
    list_promises = query(schemas.ListPromises, views.list_promises, by=READERS)

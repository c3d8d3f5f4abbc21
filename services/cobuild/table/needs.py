"""Needs: raised and verified, confirmed or disputed, closed."""

from schemas.cobuild import needs as schemas
from schemas.cobuild.closing import (
    ConfirmNeed,
    DisputeNeed,
    RateNeed,
    ReopenNeed,
    SendBackNeed,
    SettleNeed,
)
from schemas.token import ROLES
from services.cobuild.rules import closing, findings, needs, words
from services.cobuild.table.roles import HANDLERS, RAISERS, READERS, TALKERS
from services.cobuild.views import needs as views
from services.kit.entrypoints import command, due, follows, query

NEED = ("needs", "need")


class Needs:
    raise_need = command(schemas.RaiseNeed, needs.raise_need, by=RAISERS, shows=NEED)
    raise_of_finding = follows("grids", "finding_recorded.v1", findings.raise_of)
    raise_of_routed = follows("grids", "finding_routed.v1", findings.raise_of)
    verify_need = command(
        schemas.VerifyNeed, needs.verify_need, by=HANDLERS, shows=NEED
    )
    reject_need = command(
        schemas.RejectNeed, needs.reject_need, by=HANDLERS, shows=NEED
    )
    appeal_need = command(schemas.AppealNeed, needs.appeal_need, by=RAISERS, shows=NEED)
    decide_need_appeal = command(
        schemas.DecideNeedAppeal, needs.decide_appeal, by=HANDLERS, shows=NEED
    )
    ask_resident = command(
        schemas.AskResident, needs.ask_resident, by=HANDLERS, shows=NEED
    )
    answer_need = command(schemas.AnswerNeed, needs.answer_need, by=RAISERS, shows=NEED)
    confirm_need = command(ConfirmNeed, closing.confirm_need, by=RAISERS, shows=NEED)
    rate_need = command(RateNeed, closing.rate_need, by=RAISERS, shows=NEED)
    dispute_need = command(DisputeNeed, closing.dispute_need, by=RAISERS, shows=NEED)
    send_back_need = command(
        SendBackNeed, closing.send_back_need, by=HANDLERS, shows=NEED
    )
    settle_need = command(SettleNeed, closing.settle_need, by=HANDLERS, shows=NEED)
    reopen_need = command(ReopenNeed, closing.reopen_need, by=RAISERS, shows=NEED)
    withdraw_need = command(
        schemas.WithdrawNeed, needs.withdraw_need, by=RAISERS, shows=NEED
    )
    delete_need_words = command(
        schemas.OfNeed, words.delete_words, by=TALKERS, shows=NEED
    )
    note_unclaimed = due(
        "needs", {"claim_clock": "running"}, needs.note_unclaimed, by="claim_by"
    )
    note_unfinished = due(
        "needs", {"close_clock": "running"}, needs.note_unfinished, by="close_by"
    )
    close_confirmed = due(
        "needs", {"state": "confirmed"}, closing.close_confirmed, by="close_at"
    )
    get_need = query(schemas.GetNeed, views.get_need, by=READERS)
    list_needs = query(schemas.ListNeeds, views.list_needs, by=READERS)
    my_needs = query(schemas.MyNeeds, views.my_needs, by=ROLES)

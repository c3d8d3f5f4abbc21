"""项目：共建服务的一部分."""

from gateway.api.routes import changes, creates, lists, shows
from schemas.cobuild import commitments as c
from schemas.cobuild import talks as t

UNIT = "/units/<unit>"
NEED = "/needs/<need>"
COMMITMENT = "/commitments/<commitment>"

ROUTES = (
    creates(
        f"{NEED}/claim",
        "claim_need",
        c.ClaimNeed,
        c.Commitment,
        "单位认领需求",
        at="/commitments/{id}",
    ),
    creates(
        f"{NEED}/dispatch",
        "dispatch_need",
        c.DispatchNeed,
        c.Commitment,
        "派单给单位",
        at="/commitments/{id}",
    ),
    lists(
        "/commitments", "list_commitments", c.ListCommitments, c.Commitment, "项目清单"
    ),
    shows(
        COMMITMENT, "get_commitment", c.OfOneCommitment, c.Commitment, "查看一个项目"
    ),
    changes(
        f"{COMMITMENT}/begin",
        "begin_commitment",
        c.OfOneCommitment,
        c.Commitment,
        "开始办理，或接下派单",
    ),
    changes(
        f"{COMMITMENT}/decline",
        "decline_commitment",
        c.DeclineCommitment,
        c.Commitment,
        "不接派单，说明原因",
    ),
    changes(
        f"{COMMITMENT}/postpone",
        "postpone_commitment",
        c.PostponeCommitment,
        c.Commitment,
        "推迟期限",
    ),
    changes(
        f"{COMMITMENT}/fulfil",
        "fulfil_commitment",
        c.FulfilCommitment,
        c.Commitment,
        "报告完成",
    ),
    changes(
        f"{COMMITMENT}/messages",
        "say_on_commitment",
        t.SayOnCommitment,
        c.Commitment,
        "留言：问、答都用它",
    ),
    lists(
        f"{COMMITMENT}/messages",
        "commitment_messages",
        t.ListMessages,
        t.Message,
        "查看留言，只有参与的各方可以",
    ),
    changes(
        f"{COMMITMENT}/messages/<message>/delete",
        "delete_commitment_message",
        t.DeleteMessage,
        c.Commitment,
        "删除自己的留言",
    ),
    changes(
        f"{COMMITMENT}/times",
        "propose_time",
        t.ProposeTime,
        c.Commitment,
        "提出一个时间",
    ),
    changes(
        f"{COMMITMENT}/times/agree",
        "agree_time",
        t.AgreeTime,
        c.Commitment,
        "同意对方提出的时间",
    ),
    lists(
        f"{UNIT}/promises",
        "list_promises",
        c.ListPromises,
        c.Commitment,
        "单位答应了还没做的，按期限",
    ),
    changes(
        f"{COMMITMENT}/give-up",
        "give_up_commitment",
        c.GiveUpCommitment,
        c.Commitment,
        "单位退出，说明原因",
    ),
)

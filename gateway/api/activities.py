"""活动：发布、报名、签到、评价."""

from gateway.routes import Table, changes, creates, lists, shows
from schemas import activities as s

ONE = "/activities/<activity>"
SIGNUP = "/signups/<signup>"

TABLE = Table(
    "activities",
    "活动",
    (
        creates("/activities", "draft_activity", s.DraftActivity, s.Activity, "起草活动"),
        lists("/activities", "list_activities", s.ListActivities, s.Activity, "查看活动", for_all=True),
        shows(ONE, "get_activity", s.OfActivity, s.Activity, "查看一个活动", for_all=True),
        changes(f"{ONE}/revise", "revise_activity", s.ReviseActivity, s.Activity, "修改草稿"),
        changes(f"{ONE}/submit", "submit_activity", s.OfActivity, s.Activity, "提交审核"),
        changes(f"{ONE}/return", "return_activity", s.ReturnActivity, s.Activity, "退回修改，说明原因"),
        changes(f"{ONE}/publish", "publish_activity", s.OfActivity, s.Activity, "发布；街道审核通过也用它"),
        changes(f"{ONE}/open", "open_activity", s.OfActivity, s.Activity, "开放报名"),
        changes(f"{ONE}/start", "start_activity", s.OfActivity, s.Activity, "开始"),
        changes(f"{ONE}/close", "close_activity", s.CloseActivity, s.Activity, "结束，可附小结"),
        changes(f"{ONE}/cancel", "cancel_activity", s.CancelActivity, s.Activity, "取消，说明原因"),
        changes(f"{ONE}/archive", "archive_activity", s.OfActivity, s.Activity, "归档"),
        changes("/streets/<street>/review", "require_review", s.RequireReview, s.Review, "设置本街道活动是否要审核"),
        changes(f"{ONE}/offering-requests", "request_offering", s.OfOffering, s.Activity, "申请使用资源"),
        changes(
            f"{ONE}/offering-requests/<offering>/withdraw",
            "withdraw_offering_request",
            s.OfOffering,
            s.Activity,
            "撤回资源申请",
        ),
        creates(f"{ONE}/signups", "sign_up", s.SignUp, s.Signup, "报名，一组 1 到 6 人", at="/signups/{id}"),
        lists(f"{ONE}/signups", "list_signups", s.ListOfActivity, s.Signup, "查看报名"),
        lists(f"{ONE}/seats", "roster", s.ListOfActivity, s.Seat, "名单：每人一行"),
        shows(SIGNUP, "get_signup", s.OfSignup, s.Signup, "查看一个报名，含候补位次"),
        changes(f"{SIGNUP}/cancel", "cancel_signup", s.OfSignup, s.Signup, "取消报名"),
        lists("/me/signups", "my_signups", s.MySignups, s.Signup, "我的报名"),
        shows(f"{ONE}/door-code", "door_code", s.OfActivity, s.DoorCode, "现场二维码内容，90 秒内有效"),
        changes(f"{ONE}/checkins", "check_in", s.CheckIn, s.Seat, "签到：扫码，或由主办方按名单登记"),
        changes(f"{ONE}/checkouts", "check_out", s.CheckOut, s.Seat, "签退"),
        changes(f"{ONE}/ratings", "rate", s.Rate, s.Seat, "评价"),
    ),
)

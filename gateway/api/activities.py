"""活动：发布、报名、签到、评价."""

from gateway.api import calendars, hours
from gateway.api.routes import Table, changes, creates, lists, shows
from schemas.activities import campaigns, contents, messages, offerings, postings, sessions, signups, templates

STREAM = "activity"  # In the stream of an activity is everything about it and its sessions.
ONE = "/activities/<activity>"
SIGNUP = "/signups/<signup>"

TABLE = Table(
    "activities",
    "活动",
    (
        creates("/activities", "draft_activity", postings.DraftActivity, postings.Activity, "起草活动"),
        lists("/activities", "list_activities", postings.ListActivities, postings.Activity, "查看活动", for_all=True),
        shows(ONE, "get_activity", contents.OfActivity, postings.Activity, "查看一个活动", for_all=True, of=STREAM),
        changes(f"{ONE}/revise", "revise_activity", postings.ReviseActivity, postings.Activity, "修改草稿"),
        changes(f"{ONE}/submit", "submit_activity", contents.OfActivity, postings.Activity, "提交审核"),
        changes(f"{ONE}/return", "return_activity", postings.ReturnActivity, postings.Activity, "退回修改，说明原因"),
        changes(
            f"{ONE}/publish", "publish_activity", contents.OfActivity, postings.Activity, "发布；街道审核通过也用它"
        ),
        changes(f"{ONE}/open", "open_activity", contents.OfActivity, postings.Activity, "开放报名"),
        changes(f"{ONE}/start", "start_activity", contents.OfSession, postings.Activity, "开始"),
        changes(f"{ONE}/close", "close_activity", sessions.CloseSession, postings.Activity, "结束，可附小结"),
        changes(
            f"{ONE}/change",
            "change_activity",
            postings.ChangeActivity,
            postings.Activity,
            "修改已发布的：一场、以后或全部",
        ),
        changes(
            f"{ONE}/viewers",
            "report_viewers",
            sessions.ReportViewers,
            postings.Activity,
            "报告直播观看人数，不计入到场",
        ),
        changes(
            f"{ONE}/messages",
            "tell_signed_up",
            messages.TellSignedUp,
            messages.HostMessage,
            "给报名的人留言，一天最多三次",
        ),
        lists(
            f"{ONE}/messages",
            "host_messages",
            messages.ListHostMessages,
            messages.HostMessage,
            "主办方给报名的人的留言，只有主办方和报名的人看得到",
        ),
        changes(
            f"{ONE}/messages/<message>/delete",
            "delete_host_message",
            messages.DeleteHostMessage,
            messages.HostMessage,
            "删除主办方的一条留言",
        ),
        changes(f"{ONE}/cancel", "cancel_activity", postings.CancelActivity, postings.Activity, "取消，说明原因"),
        changes(f"{ONE}/copy", "copy_activity", templates.CopyActivity, postings.Activity, "照这次再办一次"),
        changes(f"{ONE}/template", "save_template", templates.SaveTemplate, templates.Template, "存为模板"),
        lists("/templates", "list_templates", templates.ListTemplates, templates.Template, "查看模板"),
        creates(
            "/templates/<template>/drafts",
            "draft_from_template",
            templates.DraftFromTemplate,
            postings.Activity,
            "按模板起草",
            at="/activities/{id}",
        ),
        changes(
            "/templates/<template>/withdraw", "withdraw_template", templates.OfTemplate, templates.Template, "撤下模板"
        ),
        changes("/campaigns", "declare_campaign", campaigns.DeclareCampaign, campaigns.Campaign, "发起或修改主题活动"),
        lists(
            "/campaigns", "list_campaigns", campaigns.ListCampaigns, campaigns.Campaign, "查看主题活动", for_all=True
        ),
        changes(
            f"{ONE}/sessions/<session>/cancel",
            "cancel_sessions",
            sessions.CancelSessions,
            postings.Activity,
            "取消一场，或这场及以后",
        ),
        changes(f"{ONE}/archive", "archive_activity", contents.OfActivity, postings.Activity, "归档"),
        changes(
            "/streets/<street>/review",
            "require_review",
            postings.RequireReview,
            postings.Review,
            "设置本街道活动是否要审核",
        ),
        changes(
            f"{ONE}/offering-requests", "request_offering", offerings.OfOffering, postings.Activity, "申请使用资源"
        ),
        changes(
            f"{ONE}/offering-requests/<offering>/withdraw",
            "withdraw_offering_request",
            offerings.OfOffering,
            postings.Activity,
            "撤回资源申请",
        ),
        lists(
            "/sessions",
            "list_sessions",
            sessions.ListSessions,
            sessions.SessionShown,
            "按时间查看场次",
            for_all=True,
            of=STREAM,
        ),
        shows(
            f"{ONE}/session",
            "get_session",
            contents.OfSession,
            sessions.SessionShown,
            "查看一场",
            for_all=True,
            of=STREAM,
        ),
        shows(f"{ONE}/report", "close_report", contents.OfSession, sessions.Prefilled, "预填的活动小结"),
        creates(
            f"{ONE}/signups",
            "sign_up",
            signups.SignUp,
            signups.SignupAnswered,
            "报名，一组 1 到 6 人",
            at="/signups/{id}",
        ),
        lists(f"{ONE}/signups", "list_signups", signups.ListSignups, signups.Signup, "查看报名"),
        lists(f"{ONE}/seats", "roster", signups.Roster, signups.Seat, "名单：每人一行"),
        shows(SIGNUP, "get_signup", signups.OfSignup, signups.Signup, "查看一个报名，含候补位次"),
        changes(f"{SIGNUP}/cancel", "cancel_signup", signups.CancelSignup, signups.SignupAnswered, "取消报名"),
        changes(f"{SIGNUP}/approve", "approve_signup", signups.OfSignup, signups.SignupAnswered, "报名审核通过"),
        changes(f"{SIGNUP}/decline", "decline_signup", signups.DeclineSignup, signups.SignupAnswered, "报名审核不通过"),
        changes(f"{SIGNUP}/accept", "accept_offer", signups.OfSignup, signups.SignupAnswered, "接受空出的名额"),
        changes(f"{SIGNUP}/pass-on", "pass_on", signups.PassOn, signups.SignupAnswered, "改由家里另一位来"),
        changes(f"{SIGNUP}/add", "add_to_party", signups.AddToParty, signups.SignupAnswered, "再加一人同来，有空位时"),
        changes(f"{SIGNUP}/join", "join_party", signups.JoinParty, signups.Seat, "同行的人以自己的身份加入"),
        changes(f"{SIGNUP}/leave", "leave_party", signups.LeaveParty, signups.Seat, "一人退出，其余的人不变"),
        lists("/me/signups", "my_signups", signups.MySignups, signups.Signup, "我的报名"),
        *hours.ROUTES,
        *calendars.ROUTES,
    ),
)

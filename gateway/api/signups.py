"""报名：活动服务的一部分."""

from gateway.api.routes import changes, creates, lists, shows
from schemas.activities import signups

ACTIVITY = "/activities/<activity>"
SIGNUP = "/signups/<signup>"

ROUTES = (
    creates(
        f"{ACTIVITY}/signups",
        "sign_up",
        signups.SignUp,
        signups.SignupAnswered,
        "报名，一组 1 到 6 人",
        at="/signups/{id}",
    ),
    lists(
        f"{ACTIVITY}/signups",
        "list_signups",
        signups.ListSignups,
        signups.Signup,
        "查看报名",
    ),
    lists(
        f"{ACTIVITY}/seats", "roster", signups.Roster, signups.Seat, "名单：每人一行"
    ),
    shows(
        SIGNUP,
        "get_signup",
        signups.GetSignup,
        signups.Signup,
        "查看一个报名，含候补位次",
    ),
    changes(
        f"{SIGNUP}/cancel",
        "cancel_signup",
        signups.CancelSignup,
        signups.SignupAnswered,
        "取消报名",
    ),
    changes(
        f"{SIGNUP}/approve",
        "approve_signup",
        signups.OfSignup,
        signups.SignupAnswered,
        "报名审核通过",
    ),
    changes(
        f"{SIGNUP}/decline",
        "decline_signup",
        signups.DeclineSignup,
        signups.SignupAnswered,
        "报名审核不通过",
    ),
    changes(
        f"{SIGNUP}/accept",
        "accept_offer",
        signups.AcceptOffer,
        signups.SignupAnswered,
        "接受空出的名额",
    ),
    changes(
        f"{SIGNUP}/pass-on",
        "pass_on",
        signups.PassOn,
        signups.SignupAnswered,
        "改由家里另一位来",
    ),
    changes(
        f"{SIGNUP}/add",
        "add_to_party",
        signups.AddToParty,
        signups.SignupAnswered,
        "再加一人同来，有空位时",
    ),
    changes(
        f"{SIGNUP}/join",
        "join_party",
        signups.JoinParty,
        signups.Seat,
        "同行的人以自己的身份加入",
    ),
    changes(
        f"{SIGNUP}/leave",
        "leave_party",
        signups.LeaveParty,
        signups.Seat,
        "一人退出，其余的人不变",
    ),
    lists("/me/signups", "my_signups", signups.MySignups, signups.Signup, "我的报名"),
)

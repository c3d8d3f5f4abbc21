"""签到与时长：活动服务的一部分."""

from gateway.api.routes import changes, creates, lists, shows
from schemas.activities import (
    contents,
    door,
    hours,
    postings,
    ratings,
    scans,
    seat_codes,
    signups,
)

ONE = "/activities/<activity>"
CONTEST = "/contests/<contest>"
RESIDENT = "/residents/<person>"

ROUTES = (
    shows(
        f"{ONE}/door-code",
        "door_code",
        contents.OfSession,
        door.DoorCode,
        "现场二维码内容，90 秒内有效",
    ),
    shows(
        "/me/code",
        "my_code",
        door.MyCode,
        door.DoorCode,
        "我的个人码，2 分钟内有效，由主办方扫",
    ),
    shows(
        "/signups/<signup>/codes",
        "seat_codes",
        signups.OfSignup,
        seat_codes.SeatCodes,
        "报名的座位码，本场签到期间有效，可打印",
    ),
    lists(
        f"{ONE}/door-list",
        "door_list",
        seat_codes.DoorList,
        seat_codes.Expected,
        "现场带走的名单，座位码只有摘要，离线时用来核对",
    ),
    changes(
        f"{ONE}/checkins",
        "check_in",
        door.CheckIn,
        signups.Seat,
        "签到：扫码，或由主办方按名单登记",
    ),
    changes(f"{ONE}/checkouts", "check_out", door.CheckOut, signups.Seat, "签退"),
    changes(
        f"{ONE}/checkins/undo",
        "undo_check",
        scans.UndoCheck,
        signups.Seat,
        "撤销一次签到或签退，说明原因",
    ),
    changes(
        f"{ONE}/checkins/paper/mark",
        "record_paper",
        scans.RecordPaper,
        signups.Seat,
        "登记纸质签到表上的一笔",
    ),
    changes(
        f"{ONE}/scans/scan",
        "record_scan",
        scans.RecordScan,
        signups.Seat,
        "补传一次离线扫码",
    ),
    changes(
        f"{ONE}/walk-ins",
        "walk_in",
        scans.WalkIn,
        signups.Seat,
        "没报名的人到场：有空位就登记并签到",
    ),
    changes(f"{ONE}/ratings", "rate", door.Rate, ratings.OwnSeat, "评价"),
    lists(
        f"{ONE}/ratings",
        "list_ratings",
        ratings.ListRatings,
        ratings.Rating,
        "查看评价，不显示是谁评的",
    ),
    changes(
        f"{ONE}/ratings/words/delete",
        "delete_rating_words",
        contents.OfSession,
        ratings.OwnSeat,
        "删除自己评价里的留言，评分保留",
    ),
    changes(
        f"{ONE}/appraisals", "appraise", door.Appraise, signups.Seat, "评价一个人的服务"
    ),
    changes(
        f"{ONE}/hours",
        "correct_hours",
        hours.CorrectHours,
        signups.Seat,
        "更正一个人的时长，说明依据",
    ),
    changes(
        f"{ONE}/roles",
        "change_roles",
        hours.ChangeRoles,
        postings.Activity,
        "事后认定哪些到场的人是志愿者，说明依据",
    ),
    creates(
        f"{ONE}/contests",
        "contest_hours",
        hours.ContestHours,
        hours.Contest,
        "对时长提出异议",
        at="/contests/{id}",
    ),
    lists(
        "/contests",
        "list_contests",
        hours.ListContests,
        hours.Contest,
        "要处理的时长异议",
    ),
    shows(CONTEST, "get_contest", hours.OfContest, hours.Contest, "查看一个时长异议"),
    changes(
        f"{CONTEST}/settle",
        "settle_contest",
        hours.SettleContest,
        hours.Contest,
        "处理时长异议",
    ),
    changes(
        f"{CONTEST}/withdraw",
        "withdraw_contest",
        hours.OfContest,
        hours.Contest,
        "撤回时长异议",
    ),
    changes(
        f"{CONTEST}/words/delete",
        "delete_contest_words",
        hours.OfContest,
        hours.Contest,
        "删除自己提异议时写的说明",
    ),
    lists(
        "/me/contests", "my_contests", hours.MyContests, hours.Contest, "我的时长异议"
    ),
    lists("/me/record", "my_record", hours.MyRecord, hours.Service, "我的服务记录"),
    lists(
        "/me/record/years",
        "my_totals",
        hours.MyTotals,
        hours.YearOfService,
        "我的服务时长，按年",
    ),
    lists(
        f"{RESIDENT}/record",
        "resident_record",
        hours.ResidentRecord,
        hours.Service,
        "一位居民在本辖区的服务记录",
    ),
    lists(
        f"{RESIDENT}/record/years",
        "resident_totals",
        hours.ResidentTotals,
        hours.YearOfService,
        "一位居民在本辖区的服务时长，按年",
    ),
)

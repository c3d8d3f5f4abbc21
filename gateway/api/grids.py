"""微网实格：网格员、门户、走访、发现、关爱与调解."""

from gateway.api.routes import Table, changes, creates, lists, shows, shows_by_secret
from schemas.grids import cares as c
from schemas.grids import doors as d
from schemas.grids import findings as f
from schemas.grids import kept as k
from schemas.grids import mediations as q
from schemas.grids import members as m
from schemas.grids import rounds as r
from schemas.grids import slips as s
from schemas.grids import visits as v

ONE_MEMBER = "/grid-members/<member>"
ONE_TEAM = "/teams/<team>"
ONE_DOOR = "/doors/<door>"
ONE_ROUND = "/rounds/<round>"
ONE_VISIT = "/visits/<visit>"
ONE_FINDING = "/findings/<finding>"
ONE_CARE = "/cares/<care>"
ONE_MEDIATION = "/mediations/<mediation>"

OF_MEMBERS = (
    creates("/grid-members", "appoint_member", m.AppointMember, m.Member, "任命网格员"),
    lists(
        "/grid-members",
        "list_grid_members",
        m.ListMembers,
        m.Member,
        "查看社区的网格员",
    ),
    lists(
        "/grid-members/mine",
        "list_my_terms",
        m.ListMyTerms,
        m.Member,
        "我在哪些微网格任网格员",
    ),
    shows(ONE_MEMBER, "get_grid_member", m.OfMember, m.Member, "查看一位网格员的任职"),
    changes(
        f"{ONE_MEMBER}/relieve", "relieve_member", m.OfMember, m.Member, "网格员卸任"
    ),
    creates("/teams", "record_team", m.RecordTeam, m.Team, "登记一支队伍"),
    lists("/teams", "list_teams", m.ListTeams, m.Team, "查看可派到一个地方的队伍"),
    lists("/teams/mine", "list_my_teams", m.ListMyTeams, m.Team, "我在哪些队伍"),
    shows(ONE_TEAM, "get_team", m.OfTeam, m.Team, "查看一支队伍"),
    changes(f"{ONE_TEAM}/dissolve", "dissolve_team", m.OfTeam, m.Team, "撤销队伍"),
)
OF_DOORS = (
    creates("/doors", "record_door", d.RecordDoor, d.Door, "登记一户"),
    lists("/doors", "list_doors", d.ListDoors, d.Door, "按走访顺序查看微网格的门户"),
    lists(
        "/doors/today",
        "list_day",
        d.ListDay,
        d.Door,
        "今天的走访：按走访顺序，各户问什么、看望谁、上次的发现",
    ),
    shows(ONE_DOOR, "get_door", d.OfDoor, d.Door, "查看一户，和正在问它的"),
    changes(
        f"{ONE_DOOR}/renumber", "renumber_door", d.RenumberDoor, d.Door, "改走访顺序"
    ),
    changes(
        "/walks/<grid>/renumber",
        "renumber_walk",
        d.RenumberWalk,
        d.Walk,
        "一次改全网格的走访顺序",
    ),
    changes(f"{ONE_DOOR}/move", "move_door", d.MoveDoor, d.Door, "划到另一微网格"),
    changes(f"{ONE_DOOR}/close", "close_door", d.CloseDoor, d.Door, "注销一户"),
    lists(f"{ONE_DOOR}/visits", "list_visits", v.ListVisits, v.Visit, "一户的走访记录"),
)
OF_ROUNDS = (
    creates("/rounds", "announce_round", r.AnnounceRound, r.Round, "安排一轮走访"),
    lists(
        "/rounds",
        "list_rounds",
        r.ListRounds,
        r.Round,
        "查看走访到一个地方的各轮",
        for_all=True,
    ),
    shows(
        "/rounds/burden",
        "ask_burden",
        r.AskBurden,
        r.Burden,
        "一个地方的一户最多要回答多少",
    ),
    shows(ONE_ROUND, "get_round", r.OfRound, r.Round, "查看一轮走访", for_all=True),
    changes(f"{ONE_ROUND}/cancel", "cancel_round", r.CancelRound, r.Round, "取消走访"),
    lists(
        f"{ONE_ROUND}/coverage",
        "list_coverage",
        r.AskCoverage,
        r.Coverage,
        "一轮走访在社区各微网格走到了多少户",
    ),
)
OF_VISITS = (
    creates("/visits", "record_visit", v.RecordVisit, v.Visit, "记下一次走访"),
    creates(
        "/visits/late",
        "record_late_visit",
        v.RecordLateVisit,
        v.Visit,
        "补传没有信号时的走访",
        at="/visits/{id}",
    ),
    shows(ONE_VISIT, "get_visit", v.OfVisit, v.Visit, "查看一次走访"),
    shows(f"{ONE_VISIT}/slip", "slip_of", v.OfVisit, s.Slip, "一次走访的来访凭条"),
    shows_by_secret(
        f"{ONE_VISIT}/called/<slip>",
        "called_on",
        s.OfSlip,
        s.Called,
        "凭来访凭条查看谁来过、为什么来",
    ),
    changes(
        f"{ONE_VISIT}/correct", "correct_visit", v.CorrectVisit, v.Visit, "更正走访"
    ),
    changes(f"{ONE_VISIT}/withdraw", "withdraw_visit", v.OfVisit, v.Visit, "撤回走访"),
)
OF_FINDINGS = (
    creates("/findings", "record_finding", f.RecordFinding, f.Finding, "记下一项发现"),
    lists("/findings", "list_findings", f.ListFindings, f.Finding, "查看发现"),
    shows(
        "/findings/kept",
        "findings_kept",
        k.AskKept,
        k.Kept,
        "发现内容还保存着多少，超期未删除的应当为 0",
    ),
    shows(ONE_FINDING, "get_finding", f.OfFinding, f.Finding, "查看一项发现"),
    changes(
        f"{ONE_FINDING}/route", "route_finding", f.RouteFinding, f.Finding, "重新转办"
    ),
    changes(
        f"{ONE_FINDING}/resolve",
        "resolve_followup",
        f.OfFinding,
        f.Finding,
        "队伍办结",
    ),
    lists(
        f"{ONE_TEAM}/followups",
        "list_followups",
        f.ListFollowups,
        f.Finding,
        "队伍要办的，按期限",
    ),
)
OF_CARES = (
    creates("/cares", "begin_care", c.BeginCare, c.Care, "登记关爱探访"),
    lists("/cares", "list_cares", c.ListCares, c.Care, "按期限查看关爱探访"),
    shows(ONE_CARE, "get_care", c.OfCare, c.Care, "查看一项关爱探访"),
    changes(f"{ONE_CARE}/pause", "pause_care", c.OfCare, c.Care, "暂停探访"),
    changes(f"{ONE_CARE}/resume", "resume_care", c.OfCare, c.Care, "恢复探访"),
    changes(f"{ONE_CARE}/end", "end_care", c.EndCare, c.Care, "结束探访"),
)
OF_MEDIATIONS = (
    creates(
        "/mediations", "open_mediation", q.OpenMediation, q.Mediation, "开始一次调解"
    ),
    lists("/mediations", "list_mediations", q.ListMediations, q.Mediation, "查看调解"),
    shows(
        "/mediations/kept",
        "mediations_kept",
        k.AskKept,
        k.Kept,
        "调解内容还保存着多少，超期未删除的应当为 0",
    ),
    shows(ONE_MEDIATION, "get_mediation", q.OfMediation, q.Mediation, "查看一次调解"),
    changes(
        f"{ONE_MEDIATION}/end", "end_mediation", q.EndMediation, q.Mediation, "调解结束"
    ),
)

TABLE = Table(
    "grids",
    "微网实格",
    (
        *OF_MEMBERS,
        *OF_DOORS,
        *OF_ROUNDS,
        *OF_VISITS,
        *OF_FINDINGS,
        *OF_CARES,
        *OF_MEDIATIONS,
    ),
)

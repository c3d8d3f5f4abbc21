"""Service hours afterwards: corrected, contested, settled, and a person's record of them."""

from schemas import fields
from schemas.activities.contents import CATEGORIES, OfSession, host
from schemas.activities.door import CLASSES, GRADES, MOST_MINUTES
from schemas.activities.roles import HELPER, role
from schemas.decisions import reason
from schemas.paging import Paged
from schemas.persons import Person, resident
from schemas.resource import Resource

STANDING_CONTESTS = ("open", "pressing", "overdue")
MOST_SETTLED = 50  # In one event.
CONTEST_STATES = (*STANDING_CONTESTS, "upheld", "dismissed", "withdrawn")


class CorrectHours(OfSession):
    person = Person(required=True, metadata={"description": "居民编号"})
    attended = fields.Truth(load_default=True, metadata={"description": "是否到场"})
    minutes = fields.Whole(
        0,
        MOST_MINUTES,
        code="minutes_out_of_range",
        required=True,
        metadata={"description": "应记的分钟数"},
    )
    reason = reason("更正的依据")


class ContestHours(OfSession):
    """`person` for whom one signed up, or on whose behalf a community worker contests; else oneself."""

    person = Person(metadata={"description": "居民编号，不填为本人"})
    words = fields.Text(
        500, required=True, metadata={"description": "哪里不对，可随时删除"}
    )


class ChangeRoles(OfSession):
    """Afterwards, of people who came: who served, on a duty shift of before there were helpers' places, or who did not.

    All of them or none. Nobody says it of themselves.
    """

    people = fields.Many(
        Person(),
        1,
        MOST_SETTLED,
        required=True,
        metadata={"description": f"哪些到了场的人，一次最多 {MOST_SETTLED} 人"},
    )
    role = role("改为什么，不填为志愿者", load_default=HELPER)
    reason = reason("依据，会告知本人")


class OfContest(fields.Schema):
    contest = fields.Id(required=True, metadata={"description": "时长异议编号"})


class SettleContest(OfContest):
    upheld = fields.Truth(
        required=True, metadata={"description": "是否支持；支持的须先更正时长"}
    )
    reason = reason("处理说明，会告知本人")


class ListContests(Paged):
    """Those of a host, or of a place for who administers it; longest waiting first."""

    state = fields.AnyOf(
        CONTEST_STATES,
        load_default=STANDING_CONTESTS,
        metadata={"description": "处理到哪一步，不填为还没有处理完的"},
    )
    host = host(metadata={"description": "主办方"})
    community = fields.Division(
        "community", metadata={"description": "社区代码；与主办方填其一"}
    )
    street = fields.Division("street", metadata={"description": "街道代码"})


class MyContests(Paged):
    pass


class MyRecord(Paged):
    role = role("哪一类记录，不填为志愿服务", load_default=HELPER)
    since = fields.Instant(metadata={"description": "开始时间不早于"})
    until = fields.Instant(metadata={"description": "开始时间早于"})


class ResidentRecord(MyRecord):
    """`division` is where: what took place there is shown, and no more. Left out, it is where the actor works."""

    person = resident()
    division = fields.Division(
        metadata={"description": "您负责的社区、街道或区代码，不填为您的全部辖区"}
    )


class MyTotals(Paged):
    pass


class ResidentTotals(Paged):
    person = resident()
    division = fields.Division(
        metadata={"description": "您负责的社区、街道或区代码，不填为您的全部辖区"}
    )


# Resources


class Contest(Resource):
    activity = fields.Id(required=True)
    session = fields.Id(required=True)
    person = Person(required=True)
    host = host(required=True)
    community = fields.Division("community", required=True)
    state = fields.OneOf(CONTEST_STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "处理到哪一步，给人看的"}
    )
    words = fields.Text(500, metadata={"description": "本人的说明；已删除则没有"})
    asked_at = fields.Instant(required=True)
    due_at = fields.Instant(required=True, metadata={"description": "应在此前处理"})
    minutes = fields.Whole(
        0, MOST_MINUTES, required=True, metadata={"description": "提出异议时的分钟数"}
    )
    corrected = fields.Truth(
        required=True, metadata={"description": "提出后是否更正过"}
    )
    reason = fields.Text(200, metadata={"description": "处理说明"})


class Service(Resource):
    """One line of a volunteer's record: fields of 志愿服务条例 art. 19 and MZ/T 061-2015, names by id only."""

    id = fields.Text(130, required=True, metadata={"description": "编号，场次:居民"})
    person = fields.Id(required=True, metadata={"description": "志愿者编号"})
    activity = fields.Id(required=True, metadata={"description": "服务项目编号"})
    session = fields.Id(required=True)
    title = fields.Text(60, required=True, metadata={"description": "服务项目"})
    summary = fields.Text(2000, metadata={"description": "服务内容"})
    audience = fields.Text(60, metadata={"description": "服务对象"})
    category = fields.OneOf(
        CATEGORIES, required=True, metadata={"description": "服务类别"}
    )
    campaign = fields.Text(30, metadata={"description": "所属主题活动"})
    host = host(required=True, metadata={"description": "组织单位"})
    host_name = fields.Text(100, metadata={"description": "组织单位名称"})
    community = fields.Division(
        "community", required=True, metadata={"description": "服务地社区代码"}
    )
    place = fields.Text(100, required=True, metadata={"description": "服务地点"})
    starts_at = fields.Instant(required=True, metadata={"description": "服务日期"})
    ends_at = fields.Instant(required=True)
    role = role("志愿者的时长是服务时长，参与者的是参与时长", required=True)
    minutes = fields.Whole(
        0, MOST_MINUTES, required=True, metadata={"description": "时长，分钟"}
    )
    hours = fields.OneOf(
        CLASSES,
        required=True,
        metadata={"description": "scanned 扫码、backfilled 补录、adjusted 更正"},
    )
    hours_text = fields.Text(
        20, required=True, metadata={"description": "时长来源，给人看的"}
    )
    in_charge = fields.Id(metadata={"description": "负责人编号：为这一场收尾的人"})
    recorded_by = fields.Id(
        metadata={"description": "记录人编号：最后一次登记或更正的人；自己扫码的是本人"}
    )
    appraisal = fields.OneOf(
        GRADES, metadata={"description": "主办方对这次服务的评价；没有评价则没有"}
    )
    training = fields.Truth(required=True, metadata={"description": "是否培训"})
    score = fields.Whole(
        1, 5, allow_none=True, metadata={"description": "本人对活动的评价"}
    )
    contest = fields.Id(metadata={"description": "最近一次时长异议的编号"})


class YearOfService(Resource):
    """A person's totals of one year: the classes add up to `minutes`."""

    id = fields.Text(130, required=True, metadata={"description": "编号，居民:年:范围"})
    person = fields.Id(required=True)
    year = fields.Text(4, required=True)
    scope = fields.Text(
        12, required=True, metadata={"description": "all 全部，或区划代码"}
    )
    attendances = fields.Whole(
        0, 2**31, required=True, metadata={"description": "服务场次"}
    )
    minutes = fields.Whole(
        0, 2**31, required=True, metadata={"description": "服务时长合计，分钟"}
    )
    minutes_scanned = fields.Whole(
        0, 2**31, required=True, metadata={"description": "扫码记录"}
    )
    minutes_backfilled = fields.Whole(
        0, 2**31, required=True, metadata={"description": "补录"}
    )
    minutes_adjusted = fields.Whole(
        0, 2**31, required=True, metadata={"description": "更正后"}
    )

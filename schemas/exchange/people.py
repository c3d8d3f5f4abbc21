"""The table of people: a worker's list of elders or volunteers, each with their consent."""

from schemas.exchange.as_written import COLUMNS_OF_PEOPLE
from schemas.exchange.columns import Kind, Step
from schemas.people.persons import RecordPerson

PERSON = {
    "name": "姓名",
    "born": "出生年月",
    "contacts": "联系电话",
    "community": "社区代码",
    "consent_how": "怎样同意的",
    "consent_on": "同意日期",
}
CONSENT = {"consent_how": "consent/how", "consent_on": "consent/on"}
PEOPLE = Kind(
    "登记的人",
    "people",
    (Step("record_person", RecordPerson, "登记", PERSON, named=CONSENT),),
    also=COLUMNS_OF_PEOPLE,
)

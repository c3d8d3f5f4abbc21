"""Pages in English: every message has its English, with the same slots; what people wrote stays as it is."""

import re
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from markupsafe import Markup

import gateway
from gateway.web.display import LANGUAGES
from gateway.web.english.catalogue import (
    CHINESE,
    FORMS,
    PAGES,
    SLOT,
    SPOKEN,
    catalogue,
    of_area,
    sentences,
)
from gateway.web.english.saying import in_english, said
from gateway.web.english.templates import english, messages, words
from gateway.web.lists import LISTS
from gateway.web.registers import OF_FIGURES, REGISTERS
from tests.unit.gateway.web import chinese

ROOT = Path(gateway.__file__).parent
TO_PRINT = [one for one in (ROOT / "pages").rglob("*.html") if one.stem != "docs"]
TEMPLATES = sorted([*(ROOT / "web" / "templates").glob("*.html"), *TO_PRINT])


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_message_has_its_english(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert set(messages(source)) - catalogue().keys() == set()
    said = set(words(Environment(), source)) - chinese.PARTS - {*LANGUAGES.values()}
    assert {one for one in said if in_english(one) is None} == set()


def test_what_forms_and_facts_say_has_its_english() -> None:
    assert {one for one in chinese.of_fields() if in_english(one) is None} == set()


def test_what_services_say_has_its_english() -> None:
    said = chinese.of_sources()
    assert [one for one in said if in_english(one[1]) is None] == []


def test_the_title_of_a_list_is_of_many() -> None:
    """Some words are titles of lists and labels of a field: the English of the label is of one."""
    titles = [said(one.title) for one in (*LISTS, *REGISTERS, *OF_FIGURES)]
    ends = ("s", "here", "drawn", "office", "received", "delivered")
    assert [title for title in titles if not title.endswith(ends)] == []


def test_a_message_stands_in_one_area_alone() -> None:
    areas = (*SPOKEN, PAGES)
    assert sum(len(of_area(area)) for area in areas) == len(catalogue())


def test_between_two_slots_of_a_sentence_stands_something() -> None:
    """Else nobody knows where the first ends: of 15 it was 1."""
    sentences = {message for area in SPOKEN for message in of_area(area)}
    assert [message for message in sentences if "}{" in message] == []


def test_english_is_english_and_has_the_slots_of_its_message() -> None:
    for message, text in catalogue().items():
        slots = {*SLOT.findall(text), *(slot for slot, *_ in FORMS.findall(text))}
        assert slots <= set(SLOT.findall(message)), message
        assert not re.search(r"[{}|]", SLOT.sub("", FORMS.sub("", text))), message
        assert text in LANGUAGES.values() or not CHINESE.search(text), message


@pytest.mark.parametrize(
    ("chinese", "text"),
    [
        ("还有 12 个名额", "12 left"),
        ("1 人", "1 person"),
        ("2 人", "2 people"),
        ("已满，1 组候补", "Full, 1 party waiting"),
        (
            "《包粽子》有 1 场，请说明是哪一场",
            "“包粽子” has 1 session; please say which",
        ),
        ("6月13日 周六 9:00–11:00", "Sat 13 Jun 9:00–11:00"),
        ("2026年6月", "Jun 2026"),
        ("2026年6月，认领率：90.0%", "Jun 2026, Claim rate: 90.0%"),
        ("2025年7月1日至2026年6月30日", "1 Jul 2025 to 30 Jun 2026"),
        ("2026年5月30日至6月14日", "30 May 2026 to 14 Jun"),
        ("2026年6月8日至6月14日", "8 Jun 2026 to 14 Jun"),
        ("6月13日 之内", "end of 13 Jun"),
        ("端午包粽子·第1场", "端午包粽子·第1场"),
        ("13月1日", "13月1日"),
        (Markup("全部"), Markup("全部")),
        (7, 7),
    ],
)
def test_what_is_said_is_said_with_its_numbers(chinese: object, text: object) -> None:
    assert said(chinese) == text


@pytest.mark.parametrize(
    ("chinese", "text"),
    [
        ("没有名为“包粽子”的主题活动，请先由街道或区里发起", "“包粽子”"),
        (
            "“包粽子”现在是“已取消”，不能“提交审核”；只有草稿时可以",
            "is now “Cancelled”",
        ),
        ("《包粽子》的报名已在 6月13日 周六 9:00 截止", "closed on Sat 13 Jun 9:00"),
        ("姓名：必须填写", "Name: Required"),
        ("供电所（演示）：类别相同", "供电所（演示）: Same category"),
        ("第 6 组（本人，参与者）", "Party 6 (Oneself, Participant)"),
        ("保留的一份：王小花", "The record that stays: 王小花"),
        ("今天已经提交 15 项需求，请明天再来", "15 needs were sent in today"),
        ("成华区 2026年6月的月报还没有发布", "report of 成华区 for Jun 2026 is not"),
        ("BYMONTH：应为几月，如 3,9", "BYMONTH: must be months, such as 3,9"),
        (
            "BYDAY 不能和 INTERVAL 一起写：隔日重复时也许永远轮不到",
            "BYDAY cannot be given with INTERVAL",
        ),
        ("BYHOUR：时刻由首次开始时间决定，请去掉", "BYHOUR: the time is that of"),
        (
            "工作表“第一张”：表头有合并的单元格（A1:B2），请改成一行、一格一个列名",
            "Sheet “第一张”: the heading has",
        ),
        ("文化体育、亲子教育", "Culture and sport, Children and parents"),
    ],
)
def test_a_sentence_keeps_names_and_says_words_in_english(
    chinese: str, text: str
) -> None:
    assert text in said(chinese)


@pytest.mark.parametrize(
    "written",
    ["我的报名", "妈妈的孩子", "王阿姨或李叔叔", "包粽子，全部", "活动，" * 30],
)
def test_what_people_wrote_is_no_sentence_of_ours(written: str) -> None:
    assert said(written) == written


def test_what_is_longer_than_we_say_anything_is_not_looked_through() -> None:
    ours = max((one for one in catalogue() if not SLOT.search(one)), key=len)
    assert in_english(ours) is not None
    assert in_english("；".join([ours] * 9)) is None


def test_sentences_are_looked_for_in_the_slots_of_one_alone() -> None:
    """One in one in one, sixty deep, took minutes: a title may be written so."""
    missing = "没有名为“{}”的主题活动，请先由街道或区里发起"
    once = missing.format("包粽子")
    twice = missing.format(once)
    assert not CHINESE.search(said(twice).replace("包粽子", ""))
    assert once in said(missing.format(twice))


def test_a_sentence_that_says_little_is_one_only_with_words_of_ours() -> None:
    short = [one for one in sentences() if not one.is_plain]
    assert short
    assert said("区或社区") == "district or Community"
    assert said("望平或街道") == "望平或街道"


def test_a_sentence_keeps_what_stands_in_it() -> None:
    source = '<p title="{{ n }} 人">{% if n %}第 {{ n }} 段</p>（<b>{{ w }}</b>）。{% endif %}'
    assert _drawn(source) == '<p title="3 people">Span 3</p> (<b>All</b>). '


def test_one_is_not_said_as_several_are() -> None:
    """What stands in a slot may be a calculation, and stand in an attribute."""
    assert _drawn("<p>{{ n - 2 }} 人</p>") == "<p>1 person</p>"
    told = '<p title="{{ "{:,}".format(n) }} 人"></p>'
    assert _drawn(told) == '<p title="3 people"></p>'


def test_what_a_form_sends_is_what_it_was() -> None:
    source = (
        '<option value="{{ w }}">{{ w }}</option><button value="全部">全部</button>'
    )
    kept = '<option value="全部">All</option><button value="全部">All</button>'
    assert _drawn(source) == kept
    assert _drawn("<textarea>{{ w }}</textarea>") == "<textarea>全部</textarea>"


def _drawn(source: str) -> str:
    chinese = Environment(loader=DictLoader({"page": source}), autoescape=True)
    return english(chinese).get_template("page").render(n=3, w="全部")

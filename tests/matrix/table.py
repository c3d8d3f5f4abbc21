"""The table in the docs: a row for each address, in which nothing is left out and nothing said twice."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby

from tests.matrix.callers import RELATIONS, TITLES, Caller
from tests.matrix.cells import Cell

HEAD = """# 谁可以问什么

`python -m tests.matrix` 由代码生成：平台的每个地址，由每种角色、在每种远近、对每种状态的事物各问一次。
改了谁可以问什么，就重新生成、逐行审阅；测试拿这张表核对平台的答复。

远近按角色的范围与所问事物的关系：**本**，就是它的（居民是本人，社工、街道、区是所在地的，联络员、合伙人、书记是它的主办方的）；
**邻**，旁边一家的（同一社区的另一位居民，同街道的另一社区，同区的另一街道）；**上**，范围更大、包含它的；
**外**，别的区或不相干的单位的；**曾**，经手过、登记过或任满了的，现在没有这个角色；
**缺**，令牌里的这个角色没有写范围。

得到什么：**可**，看得到，或办成了；**空**，有答复，里面没有它；401 请先登录；403 没有权限；404 没有这样东西；
409 这个状态下不行；422 填写有误。“否则”说的是其余各状态。“其余”说的是前面没有提到的人。

| 地址 | 做什么 | 谁得到什么 |
| --- | --- | --- |
"""
OTHERS, ELSE = "其余", "否则 "

Who = str  # A role and how far, `街道本`.
Row = Mapping[tuple[Who, str], str]  # The word for each caller and state.


def who(caller: Caller) -> Who:
    return TITLES[caller.role] + RELATIONS.get(caller.relation, "")


def state_text(cell: Cell) -> str:
    return cell.ask.subject.text_of(cell.state).partition("，")[0]


def rows(cells: Iterable[Cell]) -> dict[str, tuple[str, Row]]:
    """The summary and the words of each address."""
    told: dict[str, tuple[str, dict[tuple[Who, str], str]]] = {}
    for cell in cells:
        _, row = told.setdefault(cell.ask.name, (cell.ask.summary, {}))
        row[who(cell.caller), state_text(cell)] = cell.word
    return {
        name: told[name]
        for name in sorted(told, key=lambda name: name.split(" ")[::-1])
    }


def written(told: Mapping[str, tuple[str, Row]]) -> str:
    return HEAD + "".join(
        f"| `{name}` | {summary} | {_groups(row)} |\n"
        for name, (summary, row) in told.items()
    )


def read(text: str) -> dict[str, str]:
    """What the document says of each address, to be `expanded`."""
    lines = (line.split(" | ") for line in text.splitlines() if line.startswith("| `"))
    return {line[0].strip("| `"): line[2].removesuffix(" |") for line in lines}


def expanded(said: str, row: Row) -> Row:
    """The words of a written row for the callers and states of another."""
    groups = dict(group.split("：", 1) for group in said.split("<br>")) if said else {}
    words = {one: what for whoever, what in groups.items() for one in _each(whoever)}
    return {
        (one, state): _of_state(words.get(one, words.get(OTHERS, "")), state)
        for one, state in row
    }


def told_to(who: Who, said: str) -> str:
    """What one of the callers gets, in all states, as a written row has it."""
    groups = dict(group.split("：", 1) for group in said.split("<br>"))
    words = {one: what for whoever, what in groups.items() for one in _each(whoever)}
    return words.get(who, words.get(OTHERS, ""))


def _groups(row: Row) -> str:
    """Callers who get the same together; the most of them last, unnamed."""
    callers = list(dict.fromkeys(one for one, _ in row))
    got = {
        one: _words({state: word for (each, state), word in row.items() if each == one})
        for one in callers
    }
    most = Counter(got[one] for one in callers).most_common(1)[0][0]
    named = {
        what: [one for one in callers if got[one] == what]
        for what in dict.fromkeys(got.values())
        if what != most
    }
    return "<br>".join(
        [
            *(f"{_together(some)}：{what}" for what, some in named.items()),
            f"{OTHERS}：{most}",
        ]
    )


def _words(by_state: Mapping[str, str]) -> str:
    most = Counter(by_state.values()).most_common(1)[0][0]
    special = {
        word: [state for state in by_state if by_state[state] == word]
        for word in by_state.values()
    }
    told = [
        f"{word}（{'、'.join(states)}）"
        for word, states in special.items()
        if word != most
    ]
    return "，".join([*told, f"{ELSE}{most}"]) if told else most


def _of_state(what: str, state: str) -> str:
    *special, rest = what.split("，")
    for one in special:
        word, _, states = one.rstrip("）").partition("（")
        if state in states.split("、"):
            return word
    return rest.removeprefix(ELSE)


def _together(some: list[Who]) -> str:
    """`街道本上、区管本`"""
    by_role = groupby(some, key=lambda one: one.rstrip("".join(RELATIONS.values())))
    return "、".join(
        role + "".join(one.removeprefix(role) for one in these)
        for role, these in by_role
    )


def _each(whoever: str) -> list[Who]:
    if whoever == OTHERS:
        return [OTHERS]
    return [one for part in whoever.split("、") for one in _apart(part)]


def _apart(part: str) -> list[Who]:
    role = part.rstrip("".join(RELATIONS.values()))
    return [role + relation for relation in part.removeprefix(role)] or [role]

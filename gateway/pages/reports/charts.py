"""Charts as SVG to stand in a page: drawn by leather, which styles by attributes alone and brings no script.

Loaded by whoever first asks for a report. The page gives a chart its title and description, for who does not see it;
the same figures stand in a table beside it.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import leather
from leather import theme

WIDTH, COLUMNS_HIGH, BAR_HIGH, AROUND = 680, 220, 28, 72
INK, FAINT, FILL = "#333333", "#dddddd", "#b3261e"
LEAST_TOP = 4  # So that a scale of one or two is not divided into tenths.
LONG_DECIMAL = re.compile(r"(\d+\.\d\d)\d+")

theme.margin = 0.03
theme.background_color = "none"
theme.tick_font_family = "inherit"
theme.label_color = INK
theme.tick_color = FAINT
theme.zero_color = INK


class Bar(NamedTuple):
    """`key` tells two of the same name apart."""

    key: str
    name: str
    value: int


class Drawn(NamedTuple):
    """What is in the picture, as SVG without its frame, and how it is framed and told of."""

    inside: str
    height: int
    bars: Sequence[Bar]
    width: int = WIDTH

    @property
    def most(self) -> Bar:
        return max(self.bars, key=lambda bar: bar.value)

    @property
    def total(self) -> int:
        return sum(bar.value for bar in self.bars)


def columns(bars: Sequence[Bar]) -> Drawn:
    """One column beside the other, as days are."""
    theme.tick_font_size, theme.tick_font_char_width = 12, 8
    chart = leather.Chart()
    chart.add_columns([(bar.key, bar.value) for bar in bars], fill_color=FILL)
    chart.add_y_scale(0, _top(bars))
    chart.add_y_axis(tick_formatter=_whole)
    chart.add_x_axis(tick_formatter=lambda key, place, count: bars[place].name)
    return _drawn(bars, chart, COLUMNS_HIGH)


def lying(bars: Sequence[Bar]) -> Drawn:
    """One bar below the other, each with its name and value in front."""
    # Chinese characters are as wide as they are high, digits half of that.
    theme.tick_font_size, theme.tick_font_char_width = 14, 12
    named = {bar.key: f"{bar.name} {bar.value:,}" for bar in bars}
    chart = leather.Chart()
    chart.add_bars([(bar.value, bar.key) for bar in bars], fill_color=FILL)
    chart.add_x_scale(0, _top(bars))
    chart.add_x_axis(tick_formatter=_whole)
    chart.add_y_axis(tick_formatter=lambda key, place, count: named[key])
    return _drawn(bars, chart, AROUND + BAR_HIGH * len(bars))


def _top(bars: Sequence[Bar]) -> int:
    return max(LEAST_TOP, *(bar.value for bar in bars))


def _whole(value: Any, place: int, count: int) -> str:
    return f"{int(value):,}" if value == int(value) else ""


def _drawn(bars: Sequence[Bar], chart: Any, height: int) -> Drawn:
    group = ET.tostring(chart.to_svg_group(WIDTH, height), encoding="unicode")
    return Drawn(LONG_DECIMAL.sub(r"\1", group), height, bars)

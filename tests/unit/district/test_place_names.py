"""What the places around are called: recorded ones by their records, the city and province by the nation's table."""

import pytest

from services.district.place_names import names_around
from services.kit.views import Nothing, Overlay


@pytest.mark.parametrize(
    ("community", "above"),
    [
        ("510108002001", ["四川省", "四川", "成都市", "成都"]),
        ("110105001001", ["北京市", "北京"]),
        ("460105001001", ["海南省", "海南", "海口市", "海口"]),
        ("371202001001", ["山东省", "山东"]),  # 莱芜市 until 2018.
        ("150102001001", ["内蒙古自治区", "内蒙古", "呼和浩特市", "呼和浩特"]),
        ("532301001001", ["云南省", "云南", "楚雄彝族自治州", "楚雄彝族"]),
        ("999999999999", []),
    ],
)
def test_the_city_and_the_province_are_those_of_the_code(
    community: str, above: list[str]
) -> None:
    assert names_around(Overlay(Nothing()), community) == above


def test_the_district_the_street_and_the_community_are_called_as_they_are_recorded() -> (
    None
):
    docs = Overlay(Nothing())
    for code, name in (
        ("999999", "灯塔区"), ("999999001", "河东街道"), ("999999001001", "桥头社区"), ("999998", "别的区"),
    ):  # fmt: skip
        docs.put("divisions", {"id": code, "name": name})
    assert names_around(docs, "999999001001") == ["灯塔区", "河东街道", "桥头社区"]

"""`xfh admin invite`: a link with which the first administrator comes in."""

from urllib.parse import urlsplit

from services.kit.config import Settings
from tests.integration.cli.conftest import Xfh
from tests.integration.gateway_stage import gateway

COMMUNITY = "510108002001"
PHONE, PASSWORD = "13800001234", "correct horse 42"


def test_the_first_administrator_comes_in_by_the_link(
    xfh: Xfh, settings: Settings
) -> None:
    xfh("divisions", "load")
    code, link, _ = xfh("admin", "invite", "赵建国", COMMUNITY)
    assert code == 0
    secret = urlsplit(link.strip()).fragment.partition("=")[2]
    with gateway(settings.data) as front:
        said = {"secret": secret, "phone": PHONE, "password": PASSWORD}
        me = front.client.post(
            "/sign-in/invitation", json=said, headers={"Origin": "http://localhost"}
        ).get_json()
    assert me["roles"] == [
        {"role": "resident", "scope": COMMUNITY},
        {"role": "district_admin", "scope": "510108"},
    ]


def test_nobody_is_recorded_where_there_is_no_such_community(xfh: Xfh) -> None:
    xfh("divisions", "load")
    code, _, says = xfh("admin", "invite", "赵建国", "510108002999")
    assert (code, "没有区划代码为 510108002999" in says) == (1, True)
    assert xfh("admin", "invite", "", "510108002001").err == "姓名：不能为空\n"
    code, _, says = xfh("admin", "invite", "赵建国", "5101")
    assert (code, "社区代码应为 12 位数字" in says) == (2, True)

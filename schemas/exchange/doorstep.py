"""The tables of the doorstep: the doors of a community by their walk, and who is a member of which grid."""

from schemas.exchange.columns import Kind, Step
from schemas.grids.doors import RecordDoor
from schemas.grids.members import AppointMember

DOOR = {
    "community": "社区代码",
    "grid": "微网格编码",
    "walk": "走访顺序",
    "courtyard": "院落编码",
    "label": "门牌",
}
MEMBER = {
    "community": "社区代码",
    "grid": "微网格编码",
    "person": "网格员",
}
DOORS = Kind("门户", "grids", (Step("record_door", RecordDoor, "登记", DOOR),))
MEMBERS = Kind(
    "网格员",
    "grids",
    (Step("appoint_member", AppointMember, "任命", MEMBER),),
    also={"网格员人员编号": "person"},
)

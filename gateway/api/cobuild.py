"""联建单位与资源."""

from gateway.routes import Table, changes, creates, lists, shows
from schemas import cobuild as s

UNIT = "/units/<unit>"
OFFERING = "/offerings/<offering>"

TABLE = Table(
    "cobuild",
    "联建单位与资源",
    (
        creates("/units", "register_unit", s.RegisterUnit, s.Unit, "登记联建单位"),
        lists("/units", "list_units", s.ListUnits, s.Unit, "查看联建单位"),
        shows(UNIT, "get_unit", s.OfUnit, s.Unit, "查看一个联建单位"),
        changes(f"{UNIT}/approve", "approve_unit", s.OfUnit, s.Unit, "通过登记"),
        changes(f"{UNIT}/reject", "reject_unit", s.RejectUnit, s.Unit, "不通过登记，说明原因"),
        changes(f"{UNIT}/profile", "update_unit", s.UpdateUnit, s.Unit, "更新单位资料"),
        creates(
            f"{UNIT}/offerings", "publish_offering", s.PublishOffering, s.Offering, "发布资源", at="/offerings/{id}"
        ),
        lists("/offerings", "list_offerings", s.ListOfferings, s.Offering, "资源清单", for_all=True),
        shows(OFFERING, "get_offering", s.OfOffering, s.Offering, "查看一项资源", for_all=True),
        changes(f"{OFFERING}/pause", "pause_offering", s.PauseOffering, s.Offering, "暂停资源"),
        changes(f"{OFFERING}/resume", "resume_offering", s.OfOffering, s.Offering, "恢复资源"),
        changes(f"{OFFERING}/retire", "retire_offering", s.OfOffering, s.Offering, "下架资源"),
    ),
)

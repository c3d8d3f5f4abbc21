"""How courtyards (院落) and micro-grids (微网格) are named: by codes that say nothing."""

from typing import Any

from schemas import fields

PATTERN = "[0-9A-Za-z-]{1,32}"


def grid(**kwargs: Any) -> fields.Code:
    complaint = fields.Complaint(
        "bad_grid", "微网格编码应由字母、数字和 - 组成，最多 32 位"
    )
    return fields.Code(
        PATTERN, complaint, metadata={"description": "微网格编码"}, **kwargs
    )


def grid_name() -> fields.Text:
    return fields.Text(40, metadata={"description": "微网格名称"})


def courtyard(**kwargs: Any) -> fields.Code:
    complaint = fields.Complaint(
        "bad_courtyard", "院落编码应由字母、数字和 - 组成，最多 32 位"
    )
    return fields.Code(
        PATTERN, complaint, metadata={"description": "院落编码"}, **kwargs
    )

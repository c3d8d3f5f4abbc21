"""What every document shown to a caller has."""

from schemas import fields


class Resource(fields.Schema):
    id: fields.Text = fields.Id(required=True, metadata={"description": "编号"})
    seq = fields.Whole(1, 2**53, metadata={"description": "反映到第几个事件"})

"""What comes of each line of an upload: every line is checked and answered by itself."""

import marshmallow as ma

OUTCOMES = ("recorded", "already", "refused")


class LineFault(ma.Schema):
    path = ma.fields.String(
        required=True, metadata={"description": "字段名；整行的问题为空"}
    )
    code = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class OfLine(ma.Schema):
    line = ma.fields.Integer(required=True, metadata={"description": "第几行，从 1 起"})
    outcome = ma.fields.String(
        required=True,
        metadata={
            "enum": list(OUTCOMES),
            "description": "recorded 已登记、already 此前已登记、refused 没有登记",
        },
    )
    errors = ma.fields.List(ma.fields.Nested(LineFault), required=True)


class Counted(ma.Schema):
    recorded = ma.fields.Integer(required=True, metadata={"description": "登记几行"})
    already = ma.fields.Integer(
        required=True, metadata={"description": "此前已登记几行"}
    )
    refused = ma.fields.Integer(required=True, metadata={"description": "没有登记几行"})

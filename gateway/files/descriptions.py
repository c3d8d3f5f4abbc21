"""What the API's description says of files: which come, which go, and how they are answered."""

from typing import Any

import marshmallow as ma

from gateway.api.openapi import ONLY_OF_COMMANDS, PROBLEMS
from gateway.files.figures import FigureTable
from gateway.files.formats import CSV, FORMATS, XLSX
from gateway.files.hsds import READERS, VERSION
from gateway.files.imports import OUTCOMES, Upload
from gateway.files.lists import Export
from gateway.files.pages import PAGING
from schemas.exchange.columns import Kind

Description = dict[Any, Any]
OCTETS = "application/octet-stream"  # The one type by which programs made from the description send any file.
BINARY: Description = {"schema": {"type": "string", "format": "binary"}}
BEARER: list[Description] = [{"bearer": []}]
TABLES_OF_HSDS = (
    "organizations", "organization_identifiers", "services", "locations", "service_at_locations", "schedules",
    "taxonomies", "taxonomy_terms", "attributes",
)  # fmt: skip


class RowFault(ma.Schema):
    column = ma.fields.String(
        required=True, metadata={"description": "表头；整行的问题为空"}
    )
    path = ma.fields.String(
        required=True, metadata={"description": "字段名；整行的问题为空"}
    )
    code = ma.fields.String(required=True)
    message = ma.fields.String(
        required=True, metadata={"description": "哪张表、哪一格，填了什么，应当怎样"}
    )
    cell = ma.fields.String(
        required=True, metadata={"description": "单元格，如 C5；整行的问题为空"}
    )


class RowReport(ma.Schema):
    line = ma.fields.Integer(required=True, metadata={"description": "文件中的行号"})
    outcome = ma.fields.String(
        required=True,
        metadata={
            "enum": list(OUTCOMES),
            "description": "imported 已导入、already 此前已导入、refused 没有导入",
        },
    )
    errors = ma.fields.List(ma.fields.Nested(RowFault), required=True)
    id = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "编号；没有导入为 null"},
    )


class UploadReport(ma.Schema):
    kind = ma.fields.String(required=True, metadata={"description": "导入的内容"})
    sheet = ma.fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "读的是哪张工作表；CSV 为 null"},
    )
    notes = ma.fields.List(
        ma.fields.String(),
        required=True,
        metadata={"description": "没有读的工作表、列和行，隐藏的行"},
    )
    rows = ma.fields.List(ma.fields.Nested(RowReport), required=True)
    imported = ma.fields.Integer(required=True, metadata={"description": "导入几行"})
    already = ma.fields.Integer(
        required=True, metadata={"description": "此前已导入几行"}
    )
    refused = ma.fields.Integer(required=True, metadata={"description": "没有导入几行"})


def exported(one: Export | FigureTable, format: str) -> Description:
    fixed = (*PAGING, *one.only) if isinstance(one, Export) else PAGING
    asked = one.route.schema(
        exclude=[name for name in fixed if name in one.route.schema().fields]
    )
    return {
        "summary": f"{one.title}，{format.upper()} 文件",
        "operationId": f"export_{one.name}_{format}",
        "security": [{}, *BEARER] if one.route.for_all else BEARER,
        "parameters": [{"in": "query", "schema": asked}],
        "responses": {200: _file(FORMATS[format][0]), **_problems()},
    }


def template(name: str, kind: Kind) -> Description:
    return {
        "summary": f"{kind.title}的导入模板",
        "operationId": f"template_{name}",
        "security": [{}, *BEARER],
        "parameters": [],
        "responses": {200: _file(XLSX), **_problems()},
    }


def uploaded(name: str, kind: Kind) -> Description:
    """The same row twice is imported once, with or without a key: it is known by who sends it and what it says."""
    return {
        "summary": f"导入{kind.title}表格；同一行重复上传只登记一次",
        "operationId": f"import_{name}",
        "security": BEARER,
        "parameters": [{"in": "query", "schema": Upload}, "Key"],
        "requestBody": {
            "required": True,
            "content": {XLSX: _bytes(XLSX), CSV: _bytes(CSV), OCTETS: BINARY},
        },
        "responses": {
            200: _json(UploadReport, "逐行的结果"),
            **{status: f"Problem{status}" for status in PROBLEMS},
        },
    }


def hsds() -> Description:
    tables = {
        name: {"type": "array", "items": {"type": "object"}} for name in TABLES_OF_HSDS
    }
    whole = {
        "version": {"const": VERSION},
        "complete": {"type": "boolean", "description": "是否完整"},
    }
    schema = {
        "type": "object",
        "required": [*whole, *tables],
        "properties": whole | tables,
    }
    return {
        "summary": f"全区组织与服务，Open Referral HSDS {VERSION}",
        "operationId": "exchange_hsds",
        "x-roles": list(READERS),
        "security": BEARER,
        "parameters": [],
        "responses": {200: _json(schema, "各表，以编号相连"), **_problems()},
    }


def _problems() -> Description:
    return {
        status: f"Problem{status}"
        for status in PROBLEMS
        if status not in ONLY_OF_COMMANDS
    }


def _json(schema: Any, text: str) -> Description:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _bytes(media_type: str) -> Description:
    return {"schema": {"contentMediaType": media_type}}


def _file(media_type: str) -> Description:
    return {"description": "文件", "content": {media_type: _bytes(media_type)}}

"""What the API's description says of files: which come, which go, and how they are answered."""

import marshmallow as ma

from gateway.api.openapi import (
    BEARER,
    FOR_ALL,
    Responses,
    content,
    problems,
    problems_of_questions,
)
from gateway.files.figures.tables import FigureTable
from gateway.files.formats import CSV, FORMATS, XLSX
from gateway.files.hsds.exchange import READERS, VERSION
from gateway.files.imports import OUTCOMES, Upload
from gateway.files.listed.export import Export
from gateway.files.whole_lists import PAGING
from schemas.documents import Json
from schemas.exchange.columns import Kind

Description = Json
OCTETS = "application/octet-stream"  # The one type by which programs made from the description send any file.
# So programs call bytes, though OpenAPI 3.1 needs no word for them.
BINARY: Description = {"schema": {"type": "string", "format": "binary"}}
TEXT: Description = {"schema": {"type": "string"}}
TAKEN = dict.fromkeys((XLSX, CSV, OCTETS), BINARY)  # A CSV in any encoding.
GIVEN = {XLSX: BINARY, CSV: TEXT}
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
    known = one.route.schema().fields
    chosen = one.route.schema(exclude=[name for name in fixed if name in known])
    return {
        "summary": f"{one.title}，{format.upper()} 文件",
        "operationId": f"export_{one.name}_{format}",
        "security": FOR_ALL if one.route.for_all else BEARER,
        "parameters": [{"in": "query", "schema": chosen}],
        "responses": _file(FORMATS[format][0]),
    }


def template(name: str, kind: Kind) -> Description:
    return {
        "summary": f"{kind.title}的导入模板",
        "operationId": f"template_{name}",
        "security": FOR_ALL,
        "parameters": [],
        "responses": _file(XLSX),
    }


def uploaded(name: str, kind: Kind) -> Description:
    """The same row twice is imported once, with or without a key: it is known by who sends it and what it says."""
    return {
        "summary": f"导入{kind.title}表格；同一行重复上传只登记一次",
        "operationId": f"import_{name}",
        "security": BEARER,
        "parameters": [{"in": "query", "schema": Upload}, "Key"],
        "requestBody": {"required": True, "content": TAKEN},
        "responses": {200: content(UploadReport, "逐行的结果")} | problems(),
    }


def hsds() -> Description:
    row = {"type": "object", "additionalProperties": True}
    table = {"type": "array", "items": row}
    fields = {
        "version": {"const": VERSION},
        "complete": {"type": "boolean", "description": "是否完整"},
    } | dict.fromkeys(TABLES_OF_HSDS, table)
    schema = {"type": "object", "required": list(fields), "properties": fields}
    answer = {200: content(schema, "各表，以编号相连")}
    return {
        "summary": f"全区组织与服务，Open Referral HSDS {VERSION}",
        "operationId": "exchange_hsds",
        "x-roles": list(READERS),
        "security": BEARER,
        "parameters": [],
        "responses": answer | problems_of_questions(),
    }


def _file(media_type: str) -> Responses:
    file = {"description": "文件", "content": {media_type: GIVEN[media_type]}}
    return {200: file} | problems_of_questions()

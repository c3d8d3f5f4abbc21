"""Separated files in the encodings and with the marks that programs write, and files that are no table."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.unit.exchange.reading import (
    COMMUNITY,
    ZIP,
    codes,
    payloads,
    read,
    refused,
    separated,
)


@pytest.mark.parametrize("separator", ["\t", ";", ",", "，", "；", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_file_is_read_by_whatever_separates_its_headings_in_whatever_encoding(
    separator: str, encoding: str
) -> None:
    assert payloads(separated(separator).encode(encoding)) == [
        {
            "grid": "B-14",
            "name": "字,;",
            "community": COMMUNITY,
            "valid_from": "2026-06-01",
        }
    ]


@pytest.mark.parametrize("separator", ["\t", ";", ","])
@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-32", "UTF-32"),
        ("utf-32-le", "UTF-32"),
        ("utf-32-be", "UTF-32"),
        ("utf-7", "UTF-7"),
        ("hz", "HZ"),
        ("iso2022_jp_2", "ISO-2022"),
    ],
)
def test_an_encoding_that_is_not_read_is_named_with_how_to_save_instead(
    separator: str, encoding: str, name: str
) -> None:
    for more in ((), ("望平微网格登记表",)):
        code, says = refused(separated(separator, *more).encode(encoding))
        assert code == "unknown_encoding"
        assert says.startswith(f"文件是 {name} 编码")
        assert "另存为 UTF-8 编码的 CSV" in says


@pytest.mark.parametrize(
    ("encoding", "broken", "name"),
    [
        ("utf-8", b"\xe6\x9c", "UTF-8"),
        ("utf-8", "望平".encode("gbk"), "UTF-8"),
        ("utf-8-sig", b"\xff", "UTF-8"),
        ("gb18030", b"\xff\xff", "GB18030"),
        ("utf-16", b"\x00\xd8A\x00", "UTF-16"),
        ("utf-16-be", b"\xd8\x00\x00A", "UTF-16"),
    ],
)
def test_where_letters_are_of_another_encoding_the_line_is_named(
    encoding: str, broken: bytes, name: str
) -> None:
    good = separated(",").replace("字,;", "望平").encode(encoding)
    for place, number in (
        (len(good), 3),
        (good.index("B-14".encode(encoding)[-2:]), 2),
    ):
        code, says = refused(good[:place] + broken + good[place:])
        assert code == "unknown_encoding"
        assert says.startswith(f"第 {number} 行有的字读不出来：别处是 {name} 编码")


@pytest.mark.parametrize("text", ["+AGE-", "~{VPND~}", "a+b~", "+86 139"])
def test_a_text_of_latin_signs_is_no_other_encoding(text: str) -> None:
    content = f"grid,name,community,valid_from\nB-14,{text},{COMMUNITY},2026-06-01\n"
    assert payloads(content.encode())[0]["name"] == text


def test_a_space_before_a_quoted_text_is_none_of_it() -> None:
    (line,) = read(separated(",").replace('"字,;"', ' "字,;"').encode()).lines
    assert line.cells["name"] == "字,;"


@pytest.mark.parametrize(
    "begins",
    [
        b"MZ\x90\0\3",
        b"SQLite format 3",
        b"\3\x7e\6\1",
        b"BM",
        b"bplist00",
        b"L\0\0\0\1\x14\2",
    ],
)
def test_what_is_no_text_is_not_told_in_characters_it_does_not_have(
    begins: bytes,
) -> None:
    for length in range(90, 94):
        code, says = refused(begins + bytes(length))
        assert (code, says[:8]) == ("unknown_encoding", "文件里的文字既不是"[:8])


def test_a_separated_file_may_have_a_title_and_say_its_separator() -> None:
    assert codes(separated(";", "sep=;").encode()) == ["B-14"]
    assert codes(separated("\t", "微网格登记表,2026 年,望平").encode()) == ["B-14"]
    assert (
        read(separated(",").replace("字,;", "网格_x000D_").encode())
        .lines[0]
        .cells["name"]
        == "网格"
    )
    assert (
        read(separated(",").replace('"字,;"', "'=1+1").encode()).lines[0].cells["name"]
        == "=1+1"
    )
    quoted = separated(",").replace("微网格编码", '"微网格编码"')
    for mark in (b"\x841\x953", "\ufeff".encode("gb18030")):
        assert codes(mark + quoted.encode("gb18030")) == ["B-14"]
    assert codes(("\ufeff\ufeff" + quoted).encode()) == ["B-14"]


def zipped(name: str) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr(name, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式的 .xls"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 600
            + "EncryptedPackage".encode("utf-16-le"),
            "加了密码",
        ),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", "网页或 XML"),
        ("\ufeff <html><table><tr>".encode("utf-16-le"), "网页或 XML"),
        ("<?xml version='1.0'?><Workbook/>".encode("utf-16-be"), "网页或 XML"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "SYLK"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (zipped("content.xml"), ".ods"),
        (zipped("xl/workbook.bin"), ".xlsb"),
        (zipped("word/document.xml"), "Word"),
        (zipped("OFD.xml"), "OFD"),
        (zipped("Index/Document.iwa"), "Numbers"),
        (zipped("望平/名单.xlsx"), "压缩包，请解压"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "手机拍的照片"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "图片"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "网页"),
        (zipped("some.txt"), "不完整或已损坏"),
        (ZIP[: len(ZIP) // 2], "不完整或已损坏"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(content: bytes, says: str) -> None:
    code, sentence = refused(content)
    assert (code, says in sentence) == ("not_a_workbook", True), sentence


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_an_empty_file_is_called_empty(content: bytes) -> None:
    assert refused(content)[0] == "empty_sheet"

"""The field types every schema is built from; each refusal has a stable code and a Chinese sentence."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import marshmallow as ma
from marshmallow import fields

from schemas import characters


class Complaint(str):
    """A sentence for the reader that carries its stable code through marshmallow."""

    code: str

    def __new__(cls, code: str, sentence: str) -> "Complaint":
        complaint = super().__new__(cls, sentence)
        complaint.code = code
        return complaint

    def __deepcopy__(self, memo: dict[int, Any]) -> "Complaint":
        """Itself: nothing in it can change."""
        return self

    def format(self, *args: object, **kwargs: object) -> "Complaint":
        """Keeps the code, which `str.format` would drop."""
        return Complaint(self.code, super().format(*args, **kwargs))


MOST_LISTED = (
    500  # Characters of a list of words; the longest there is has not a third of that.
)
LONGEST_LINE = 100  # Characters. Names, titles and places are a line; what is longer may have several.
MOST_NAMES = 200  # Of one object; the largest there is has not a third of that.
RAW = 4  # Characters as sent for each that is kept: NFC makes one of up to four, and spaces around are taken off.
OFFSET = r"(Z|[-+](?:[01][0-9]|2[0-3]):?[0-5][0-9])?"
CLOCK = r"(?P<clock>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)?"
WRITTEN = re.compile(
    rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?:[T ]{CLOCK}{OFFSET})?"
)


def wrong(code: str, sentence: str) -> ma.ValidationError:
    return ma.ValidationError(Complaint(code, sentence))


def no_such(said: str, code: str) -> ma.ValidationError | None:
    """The refusal of a day or a time of day that is written well and does not exist, None where it is not that."""
    parts = WRITTEN.fullmatch(said)
    if parts is None:
        return None
    day, clock = parts["day"], parts["clock"]
    if not _is_there(date.fromisoformat, day):
        return wrong(code, f"没有 {day} 这一天")
    if clock and not _is_there(time.fromisoformat, clock):
        return wrong(code, f"没有 {clock} 这个时刻")
    return None


def _is_there(read: Callable[[str], object], said: str) -> bool:
    try:
        read(said)
    except ValueError:
        return False
    return True


COMMON = {
    "required": Complaint("missing_field", "必须填写"),
    "null": Complaint("missing_field", "不能为空值"),
    "type": Complaint("wrong_type", "应为一个对象"),
    "unknown": Complaint("unknown_field", "没有这个字段"),
    "validator_failed": Complaint("not_allowed", "不是允许的值"),
}


def _messages(**own: Complaint) -> dict[str, str | list[Any] | dict[Any, Any]]:
    return {**COMMON, **own}


class Text(fields.String):
    """Trimmed text of 1 to `most` characters that show; NFC-normalised so equal texts compare equal.

    How long it is as sent is looked at before anything else, and what a subclass makes of it (`meant`) after that. One
    of at most `LONGEST_LINE` characters is one line; however lines end, what is kept ends them with LF.
    """

    default_error_messages = _messages(
        invalid=Complaint("wrong_type", "应为文字"),
        invalid_utf8=Complaint("not_utf8", "应为 UTF-8 文字"),
    )

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        metadata = {"minLength": 1, "maxLength": most, **kwargs.pop("metadata", {})}
        super().__init__(metadata=metadata, **kwargs)

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> str:
        sent = super()._deserialize(value, attr, data, **kwargs)
        if len(sent) > RAW * self.most:
            raise wrong("too_long", f"最多 {self.most} 个字")
        if characters.has_piled_marks(sent):
            raise wrong(
                "piled_marks",
                f"一个字上叠加的符号太多，最多 {characters.MOST_MARKS} 个",
            )
        text = self.meant(characters.with_plain_line_ends(sent)).strip()
        if not text:
            raise wrong("empty_text", "不能为空")
        if len(text) > self.most:
            raise wrong("too_long", f"最多 {self.most} 个字")
        if complaint := characters.complaint(
            text, is_one_line=self.most <= LONGEST_LINE
        ):
            raise wrong(*complaint)
        return text

    def meant(self, sent: str) -> str:
        """The text that `sent` stands for. It is short already, and has no marks piled up."""
        return unicodedata.normalize("NFC", sent)


class Code(Text):
    """A short code matched by a pattern: `complaint` is what the reader is told when it is not."""

    def __init__(
        self, pattern: str, complaint: Complaint, most: int = 64, **kwargs: Any
    ) -> None:
        self.pattern = re.compile(pattern)
        self.complaint = complaint
        super().__init__(
            most,
            metadata={"pattern": f"^{pattern}$", **kwargs.pop("metadata", {})},
            **kwargs,
        )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self.pattern.fullmatch(text):
            raise ma.ValidationError(self.complaint)
        return text


class Id(Code):
    """An opaque identifier: one we made (a ULID, perhaps with a part after it) or one that begins with a letter.

    So a phone or an ID number, which nobody may put in an event, is never taken for one.
    """

    PATTERN = r"([A-Za-z]|[0-9A-HJKMNP-TV-Z]{26})[A-Za-z0-9._-]{0,63}"

    def __init__(self, **kwargs: Any) -> None:
        complaint = Complaint(
            "bad_id", "编号应以字母开头，由字母、数字和 . _ - 组成，最多 64 位"
        )
        super().__init__(self.PATTERN, complaint, **kwargs)


class Division(Code):
    """A division code: district (6 digits), street (9) or community (12); `level` narrows it to one."""

    LEVELS = {"district": (6, "区"), "street": (9, "街道"), "community": (12, "社区")}

    def __init__(self, level: str | None = None, **kwargs: Any) -> None:
        if level is None:
            super().__init__(
                r"[0-9]{6}([0-9]{3}){0,2}",
                Complaint("bad_division", "区划代码应为 6、9 或 12 位数字"),
                **kwargs,
            )
            return
        digits, name = self.LEVELS[level]
        super().__init__(
            rf"[0-9]{{{digits}}}",
            Complaint("bad_division", f"{name}代码应为 {digits} 位数字"),
            **kwargs,
        )


class OneOf(Text):
    """One of a fixed list of words; `said` has what a reader calls each, where that is another word."""

    def __init__(
        self,
        words: tuple[str, ...],
        said: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.words, self.said = words, said or dict(zip(words, words, strict=True))
        super().__init__(
            64, metadata={"enum": list(words), **kwargs.pop("metadata", {})}, **kwargs
        )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in self.words:
            raise wrong("not_allowed", f"只能填 {'、'.join(self.words)}")
        return text


class AnyOf(fields.String):
    """Some of a fixed list of words, with commas between them; loads as a list, each word once."""

    default_error_messages = _messages(invalid=Complaint("wrong_type", "应为文字"))

    def __init__(self, words: tuple[str, ...], **kwargs: Any) -> None:
        self.words, self.word = words, OneOf(words)
        one = f"({'|'.join(words)})"
        about = kwargs.pop("metadata", {})
        said = f"{about.get('description', '')}；可填几个，用英文逗号隔开".removeprefix(
            "；"
        )
        shown = (
            {"default": ",".join(kwargs["load_default"])}
            if "load_default" in kwargs
            else {}
        )
        super().__init__(
            metadata={
                "pattern": f"^{one}(,{one})*$",
                **about,
                **shown,
                "description": said,
            },
            **kwargs,
        )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if len(text) > MOST_LISTED:
            raise wrong("too_long", f"最多 {MOST_LISTED} 个字")
        return list(
            dict.fromkeys(self.word.deserialize(word) for word in text.split(","))
        )


class Whole(fields.Integer):
    """A whole number from `least` to `most`; `1.0`, `"1"` and `true` are not whole numbers here."""

    default_error_messages = _messages(invalid=Complaint("wrong_type", "应为整数"))

    def __init__(
        self, least: int, most: int, code: str = "out_of_range", **kwargs: Any
    ) -> None:
        self.least, self.most, self.code = least, most, code
        super().__init__(
            metadata={"minimum": least, "maximum": most, **kwargs.pop("metadata", {})},
            **kwargs,
        )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> int:
        if type(value) is not int:
            raise self.make_error("invalid")
        if not self.least <= value <= self.most:
            raise wrong(self.code, f"应在 {self.least} 到 {self.most} 之间")
        return value


class Truth(fields.Boolean):
    """`true` or `false`, nothing that looks like it."""

    default_error_messages = _messages(
        invalid=Complaint("wrong_type", "应为 true 或 false")
    )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> bool:
        if type(value) is not bool:
            raise self.make_error("invalid")
        return value


class Instant(fields.String):
    """An ISO 8601 instant with its offset; kept as UTC text of fixed width, so that text order is time order."""

    default_error_messages = _messages(
        invalid=Complaint(
            "bad_time", "应为带时区的时间，例如 2026-06-13T09:00:00+08:00"
        )
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            metadata={"format": "date-time", **kwargs.pop("metadata", {})}, **kwargs
        )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> str:
        if not isinstance(value, str) or len(value) > 40:
            raise self.make_error("invalid")
        try:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise self.make_error("invalid")
            return instant(moment)
        except (ValueError, OverflowError) as error:
            raise no_such(value, "bad_time") or self.make_error("invalid") from error


class Day(fields.String):
    """A calendar day, `YYYY-MM-DD`."""

    default_error_messages = _messages(
        invalid=Complaint("bad_date", "应为日期，例如 2026-06-13")
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            metadata={"format": "date", **kwargs.pop("metadata", {})}, **kwargs
        )

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> str:
        if not isinstance(value, str) or len(value) != 10:
            raise self.make_error("invalid")
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError as error:
            raise no_such(value, "bad_date") or self.make_error("invalid") from error


class Many(fields.List[Any]):
    """A list of `least` to `most` items."""

    default_error_messages = _messages(invalid=Complaint("wrong_type", "应为列表"))

    def __init__(
        self,
        item: fields.Field[Any],
        least: int,
        most: int,
        code: str = "list_length",
        what: str = "项",
        **kwargs: Any,
    ) -> None:
        self.least, self.most, self.code, self.what = least, most, code, what
        metadata = {"minItems": least, "maxItems": most, **kwargs.pop("metadata", {})}
        super().__init__(item, metadata=metadata, **kwargs)

    def _deserialize(
        self,
        value: Any,
        attr: str | None,
        data: Mapping[str, Any] | None,
        **kwargs: Any,
    ) -> list[Any]:
        if isinstance(value, list) and not self.least <= len(value) <= self.most:
            fewest = f"应有 {self.least} 到" if self.least else "最多"
            raise wrong(self.code, f"{fewest} {self.most} {self.what}")
        return super()._deserialize(value, attr, data, **kwargs)


class Part(fields.Nested):
    """An object inside an object."""

    default_error_messages = _messages()

    def __init__(self, schema: "type[Schema]", **kwargs: Any) -> None:
        super().__init__(schema, **kwargs)


class Schema(ma.Schema):
    """Base of every schema: unknown fields are refused, and refusals speak Chinese."""

    error_messages = {
        "unknown": COMMON["unknown"],
        "type": COMMON["type"],
        "invalid": COMMON["type"],
    }

    class Meta:
        unknown = ma.RAISE

    def load(self, data: Any, **kwargs: Any) -> Any:
        """Raises `ValidationError`, for an object of very many names before any of them is looked at."""
        if isinstance(data, Mapping) and len(data) > MOST_NAMES:
            raise wrong("too_many_fields", f"一项里最多 {MOST_NAMES} 个字段")
        return super().load(data, **kwargs)


def named(schema: ma.Schema, mark: str) -> Iterator[str]:
    """The names of the fields marked so in their metadata, at any depth."""
    for name, field in schema.fields.items():
        if field.metadata.get(mark):
            yield name
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from named(inner.schema, mark)


def instant(moment: datetime) -> str:
    """The one text form of a moment: UTC, milliseconds, `Z`."""
    return (
        moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    )


def complaints(error: ma.ValidationError) -> list[dict[str, str]]:
    """Flattens marshmallow's nested messages: `[{path, code, message}]`, path as `party/0/person`."""
    return list(_flatten(error.messages, ()))


def _flatten(messages: Any, path: tuple[str, ...]) -> Any:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _flatten(
                inner, path if name == "_schema" else (*path, str(name))
            )
        return
    for message in messages if isinstance(messages, list) else [messages]:
        yield {
            "path": "/".join(path),
            "code": getattr(message, "code", "invalid"),
            "message": str(message),
        }


Check = Callable[[dict[str, Any]], None]

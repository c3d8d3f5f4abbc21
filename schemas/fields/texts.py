"""Texts people write, codes with a pattern, and words of a list."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import marshmallow as ma
from marshmallow import fields

from schemas import characters
from schemas.fields.complaints import Complaint, messages, wrong
from schemas.fields.described import described

MOST_LISTED = 500  # Characters of a list of words; the longest has not a third of that.
LONGEST_LINE = 100  # Characters. Names, titles and places are a line; what is longer may have several.
LONGEST_WORD = 64
RAW = 4  # Characters as sent for each that is kept: NFC makes one of up to four, and spaces around are taken off.


class Text(fields.String):
    """Trimmed text of 1 to `most` characters that show; NFC-normalised so equal texts compare equal.

    How long it is as sent is looked at before anything else, and what a subclass makes of it (`meant`) after that. One
    of at most `LONGEST_LINE` characters is one line; however lines end, what is kept ends them with LF.
    """

    default_error_messages = messages(
        invalid=Complaint("wrong_type", "应为文字"),
        invalid_utf8=Complaint("not_utf8", "应为 UTF-8 文字"),
    )

    def __init__(self, most: int, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**described(kwargs, minLength=1, maxLength=most))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        sent = super()._deserialize(value, *args, **kwargs)
        self._must_be_short(sent, RAW * self.most)
        if characters.has_piled_marks(sent):
            most = characters.MOST_MARKS
            raise wrong("piled_marks", f"一个字上叠加的符号太多，最多 {most} 个")
        text = self.meant(characters.with_plain_line_ends(sent)).strip()
        if not text:
            raise wrong("empty_text", "不能为空")
        self._must_be_short(text, self.most)
        is_one_line = self.most <= LONGEST_LINE
        if complaint := characters.complaint(text, is_one_line=is_one_line):
            raise wrong(*complaint)
        self._must_have_lost_nothing(text)
        return text

    def _must_have_lost_nothing(self, text: str) -> None:
        if characters.LOST in text:
            says = f"有的字在别的程序里丢了，只剩下 {characters.LOST}，请补上"
            raise wrong("lost_character", says)

    def _must_be_short(self, text: str, most: int) -> None:
        if len(text) > most:
            raise wrong("too_long", f"最多 {self.most} 个字")

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
        super().__init__(most, **described(kwargs, pattern=_of_all(pattern)))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if not self.pattern.fullmatch(text):
            raise ma.ValidationError(self.complaint)
        super()._must_have_lost_nothing(text)
        return text

    def _must_have_lost_nothing(self, text: str) -> None:
        """What is no code at all is told first."""


def _of_all(pattern: str) -> str:
    """As JSON Schema takes it, which looks for it anywhere."""
    return f"^({pattern})$" if "|" in pattern else f"^{pattern}$"


class Id(Code):
    """An opaque identifier: one we made (a ULID, perhaps with a part after it) or one that begins with a letter.

    So a phone or an ID number, which nobody may put in an event, is never taken for one.
    """

    PATTERN = r"([A-Za-z]|[0-9A-HJKMNP-TV-Z]{26})[A-Za-z0-9._-]{0,63}"
    COMPLAINT = Complaint(
        "bad_id", "编号应以字母开头，由字母、数字和 . _ - 组成，最多 64 位"
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(self.PATTERN, self.COMPLAINT, **kwargs)


class Division(Code):
    """A division code: district (6 digits), street (9) or community (12); `level` narrows it to one."""

    LEVELS = {"district": (6, "区"), "street": (9, "街道"), "community": (12, "社区")}

    def __init__(self, level: str | None = None, **kwargs: Any) -> None:
        self.level = level
        if level is None:
            pattern, sentence = (
                r"[0-9]{6}([0-9]{3}){0,2}",
                "区划代码应为 6、9 或 12 位数字",
            )
        else:
            digits, name = self.LEVELS[level]
            pattern, sentence = rf"[0-9]{{{digits}}}", f"{name}代码应为 {digits} 位数字"
        super().__init__(pattern, Complaint("bad_division", sentence), **kwargs)


class OneOf(Text):
    """One of a fixed list of words; `said` has what a reader calls each, where that is another word."""

    def __init__(
        self,
        words: tuple[str, ...],
        said: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        self.words = words
        self.said = said or {word: word for word in words}
        super().__init__(LONGEST_WORD, **described(kwargs, enum=list(words)))

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, *args, **kwargs)
        if text not in self.words:
            raise wrong("not_allowed", f"只能填 {'、'.join(self.words)}")
        return text

    def _must_have_lost_nothing(self, text: str) -> None:
        """No word of the list has what stands for it."""


class AnyOf(fields.String):
    """Some of a fixed list of words, with commas between them; loads as a list, each word once."""

    default_error_messages = messages(invalid=Complaint("wrong_type", "应为文字"))

    def __init__(self, words: tuple[str, ...], **kwargs: Any) -> None:
        self.words, self.word = words, OneOf(words)
        one = f"({'|'.join(words)})"
        about = kwargs.pop("metadata", {})
        told = {"pattern": f"^{one}(,{one})*$"} | about
        if "load_default" in kwargs:
            told["default"] = ",".join(kwargs["load_default"])
        description = f"{about.get('description', '')}；可填几个，用英文逗号隔开"
        told["description"] = description.removeprefix("；")
        super().__init__(metadata=told, **kwargs)

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, *args, **kwargs)
        if len(text) > MOST_LISTED:
            raise wrong("too_long", f"最多 {MOST_LISTED} 个字")
        words = map(self.word.deserialize, text.split(","))
        return list(dict.fromkeys(words))

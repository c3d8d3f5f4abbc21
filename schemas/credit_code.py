"""The unified social credit code of an organisation, GB 32100-2015."""

import unicodedata
from typing import Any

import marshmallow as ma
from stdnum.cn import uscc

from schemas import fields

# 登记管理部门 may be a letter (N for rural collectives, Y for others); `uscc.validate` expects digits there, so only
# its check character is used.
PATTERN = r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"
BAD_CREDIT_CODE = fields.Complaint(
    "bad_credit_code", "统一社会信用代码应为 18 位，且校验位正确，请对照执照核对"
)
SUBJECT_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class CreditCode(fields.Code):
    """18 characters with a right check character; lower case, full width and separators are put right."""

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"description": "统一社会信用代码", **kwargs.pop("metadata", {})}
        super().__init__(PATTERN, BAD_CREDIT_CODE, metadata=metadata, **kwargs)

    def meant(self, sent: str) -> str:
        compact: str = uscc.compact(unicodedata.normalize("NFKC", sent))
        return compact

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        code = super()._deserialize(value, *args, **kwargs)
        if uscc.calc_check_digit(code[:17]) != code[17]:
            raise ma.ValidationError(BAD_CREDIT_CODE)
        return code


def is_doubtful(code: str) -> bool:
    """True when characters 9–17 of a valid code fail their own MOD 11 (GB 11714-1997): worth a second look, no more.

    Codes given out without that inner check exist, so this never refuses one.
    """
    subject = code[8:17]
    total = sum(
        int(char, 36) * weight
        for char, weight in zip(subject[:8], SUBJECT_WEIGHTS, strict=True)
    )
    return subject[8] != "0123456789X"[-total % 11]


def code_doubtful(of: str) -> fields.Truth:
    says = f"代码中的主体标识码校验位不符，建议对照执照核对；不影响{of}"
    return fields.Truth(required=True, metadata={"description": says})

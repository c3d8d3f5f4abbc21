"""What the driver raises, made what the port promises."""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import (
    OperationFailure,
    PyMongoError,
)

from services.kit.errors import StoreFull, Unavailable

DUPLICATE = 11000
OUT_OF_SPACE = 14031


@contextmanager
def asking() -> Iterator[None]:
    """Makes what the driver raises what the port promises."""
    try:
        yield
    except OperationFailure as error:
        if error.code == OUT_OF_SPACE:
            raise StoreFull("存储空间已满，未保存任何内容，请稍后重试") from error
        raise Unavailable("存储暂时不可用，请稍后重试") from error
    except PyMongoError as error:
        raise Unavailable("存储暂时不可用，请稍后重试") from error

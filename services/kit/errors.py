"""Every error a caller may meet.

    Problem                    has a code, an HTTP status and a Chinese sentence
     ├── Invalid          422  the request is malformed; `errors` names each offending value
     ├── Unauthenticated  401  no token, or one that is forged or expired
     ├── Forbidden        403  the actor may not ask this
     ├── Unknown          404  there is no such thing
     ├── Refused          409  a rule of the domain says no
     ├── KeyReused        422  the Idempotency-Key was used for something else
     └── Unavailable      503  try again with the same key
          ├── DeadlinePassed   the answer did not come in time; what was asked may or may not have happened
          ├── Contended        other writers kept getting in first
          ├── Overloaded       too much is waiting already; nothing was done
          └── StoreFull   507  the disk takes no more; nothing was done

What is not a Problem is a defect and becomes a bare 500 at the edge.
"""

from typing import Any, ClassVar


class Problem(Exception):
    """An answer that says no. Crosses the bus as `as_dict()` and comes back with `problem_from`."""

    status: ClassVar[int] = 500
    code: str = "internal"

    def __init__(
        self,
        title: str,
        *,
        code: str | None = None,
        path: str = "",
        errors: list[dict[str, str]] | None = None,
    ):
        super().__init__(title)
        self.title = title
        self.code = code or self.code
        self.errors = errors or (
            [{"path": path, "code": self.code, "message": title}] if path else []
        )

    def as_dict(self) -> dict[str, Any]:
        """`{kind, title, code, errors}`, as it passes a bus; `problem_from` reads it."""
        return {
            "kind": type(self).__name__,
            "title": self.title,
            "code": self.code,
            "errors": self.errors,
        }


class Invalid(Problem):
    status = 422
    code = "invalid"


class Unauthenticated(Problem):
    status = 401
    code = "unauthenticated"


class Forbidden(Problem):
    status = 403
    code = "forbidden"


class Unknown(Problem):
    status = 404
    code = "not_found"


class Refused(Problem):
    """A rule says no. `source` names the followed service whose news, not yet here, could change the answer.

    `is_so` is true where what was asked for is so already: of a row of a table that comes again, that is no fault.
    """

    status = 409
    code = "refused"

    def __init__(
        self,
        code: str,
        title: str,
        *,
        path: str = "",
        source: str | None = None,
        is_so: bool = False,
        errors: list[dict[str, str]] | None = None,
    ):
        super().__init__(title, code=code, path=path, errors=errors)
        self.source, self.is_so = source, is_so


class KeyReused(Problem):
    status = 422
    code = "idempotency_key_reused"


class Unavailable(Problem):
    status = 503
    code = "unavailable"
    retry_after_s = 1.0


class DeadlinePassed(Unavailable):
    code = "deadline_passed"


class Contended(Unavailable):
    code = "contended"


class Overloaded(Unavailable):
    code = "overloaded"


class StoreFull(Unavailable):
    status = 507
    code = "store_full"


KINDS: dict[str, type[Problem]] = {
    kind.__name__: kind
    for kind in (
        Problem, Invalid, Unauthenticated, Forbidden, Unknown, Refused, KeyReused,
        Unavailable, DeadlinePassed, Contended, Overloaded, StoreFull,
    )
}  # fmt: skip


def problem_from(answer: dict[str, Any]) -> Problem:
    """The problem another process described with `as_dict`."""
    kind = KINDS[answer["kind"]]
    if kind is Refused:
        return Refused(answer["code"], answer["title"], errors=answer["errors"])
    return kind(answer["title"], code=answer["code"], errors=answer["errors"])

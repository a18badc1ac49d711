"""The one error family. A code and parameters travel; the text is rendered per reader by `words.render`."""

from __future__ import annotations

from collections.abc import Mapping


class LiukeError(Exception):
    """A fault that a caller can act on.

    `code` names the message (`errors.<code>` in the catalogues), `params` fill it, `status` is the HTTP answer.
    Whether a job retries is decided by the type alone: only `Transient` does.
    """

    status = 400

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, object] = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({details})"


class Invalid(LiukeError):
    """The input is wrong; the message says what, where and what is allowed."""

    status = 422


class NotFound(LiukeError):
    """No such thing, or the asker may not know of it: a stranger cannot tell the two apart."""

    status = 404


class Forbidden(LiukeError):
    """The asker is known and lacks the permission."""

    status = 403


class Conflict(LiukeError):
    """Someone changed it first, or it already exists."""

    status = 409


class TooLarge(LiukeError):
    """Over a stated limit."""

    status = 413


class TooMany(LiukeError):
    """Over a rate limit; `seconds` in the parameters says when to come back."""

    status = 429


class Transient(LiukeError):
    """May pass by itself: a job that meets it is tried again."""

    status = 503

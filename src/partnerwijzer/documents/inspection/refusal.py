"""The one error of this package: a file that we do not keep."""

from django.core.exceptions import ValidationError


class BadFile(ValidationError):
    """A file is refused. The text says why and what to do; show it beside the file field.

    `form.add_error("file", error)` takes it as it is; `str(error)` is the text alone.
    """

    def __init__(self, text: str, code: str) -> None:
        super().__init__(text, code=code)

    def __str__(self) -> str:
        return str(self.message)

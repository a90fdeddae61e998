"""What is wrong with content, said so that the author can mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend. `line` counts from 1; 0 means the file as a whole.

    advice: about wording and size; it is worth mending, but the content works without.
    """

    file: str
    line: int
    place: str
    message: str
    remedy: str
    advice: bool = False

    def __str__(self) -> str:
        where = (
            f"{self.file}, " + _("regel {line}").format(line=self.line) if self.line else self.file
        )
        place = f" ({self.place})" if self.place else ""
        return f"{where}{place}: {self.message} {self.remedy}".rstrip()


class ContentError(ValueError):
    """Content that cannot be used. Carries every problem, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))

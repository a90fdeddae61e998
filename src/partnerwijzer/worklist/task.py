"""One thing to do, as it stands in a list of work or in a mail."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils import timezone


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence that begins with a verb, by when, and what it is about.

    `key` names the kind of work, `personal` says that nobody else can do it, `note` and `asked_by`
    come from the colleague who asked it, `dossier` is the key of the dossier in which it is done.
    """

    title: str
    href: str
    symbol: str
    text: str = ""
    due: date | None = None
    key: str = ""
    personal: bool = False
    note: str = ""
    asked_by: str = ""
    assignment_id: int | None = None
    dossier: int = 0

    @property
    def mark(self) -> str:
        """What it is known by while it waits, whatever its words are: to put it aside, hand it over
        or remember that mail told of it. Another day to do it by is another mark."""
        if self.assignment_id is not None:
            return f"a{self.assignment_id}"
        parts = (self.key or self.symbol, self.href, self.text, str(self.due or ""))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    @property
    def goes_to_others(self) -> bool:
        """Whether a colleague can do it too: work in a dossier that is not about one person."""
        return bool(self.dossier) and not self.personal

    @property
    def late(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()

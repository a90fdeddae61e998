"""What an action raises when it cannot do what was asked."""


class Refused(Exception):
    """The message tells the user why, and what to do instead. `field` names the form field that it
    is about, where there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field

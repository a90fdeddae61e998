"""What cannot be done now, in words for whoever tried."""


class Refused(Exception):
    """The state of the survey does not allow this. The text says why and what to do."""

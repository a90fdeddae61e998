"""The log of what changed, by which every node's index follows the database."""

from typing import ClassVar

from django.db import models


class Change(models.Model):
    """One row of an indexed thing that is no longer as it was.

    Written by triggers of the database (see search.triggers), in the transaction of the change.
    `mark` is random: an index that knows another one at the same number followed another database.
    """

    EVERYTHING = 0

    topic = models.CharField(max_length=40)
    key = models.BigIntegerField()
    mark = models.BigIntegerField()
    at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["Change"]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["topic", "id"], name="search_change_of_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"

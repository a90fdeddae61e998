"""Tells modules above that somebody left a school, within the transaction of the action.

`left` is sent with `user` and `school` once the person has no role of the staff there any more.
"""

from django.dispatch import Signal

left = Signal()

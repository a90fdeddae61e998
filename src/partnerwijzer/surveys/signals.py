"""Tells modules above that a survey changed, within the transaction of the action.

`changed` is sent with `survey`, `invitation` (or None) and `what`: one of invited, opened,
answered, entered or replaced (from a file, with `actor`: who put it in), declined, withdrawn,
closed, reopened.
Anonymous answers send nothing: whoever listened and noted something would keep the moment at which
somebody answered.
"""

from django.dispatch import Signal

changed = Signal()

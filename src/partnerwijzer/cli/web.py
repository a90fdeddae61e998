"""What a web process runs: the product, and an eye on the process that started it."""

from partnerwijzer.cli.family import leave_with_parent
from partnerwijzer.config.wsgi import application

__all__ = ["application"]

leave_with_parent()

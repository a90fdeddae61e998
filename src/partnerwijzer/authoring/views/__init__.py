"""Pages to write frameworks and a school's own criteria."""

from partnerwijzer.authoring.views import mappings, parts, writing

__all__ = ["mappings", "parts", "writing"]

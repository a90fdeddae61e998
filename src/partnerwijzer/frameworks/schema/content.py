"""The whole content of one release."""

from collections.abc import Iterable
from typing import Any

from partnerwijzer.frameworks.schema.agreement import Agreement
from partnerwijzer.frameworks.schema.base import Option, Part
from partnerwijzer.frameworks.schema.factors import Factors
from partnerwijzer.frameworks.schema.framework import Criterion, Framework
from partnerwijzer.frameworks.schema.governance import Governance
from partnerwijzer.frameworks.schema.surveys import Question, Surveys
from partnerwijzer.frameworks.schema.vocab import Vocab


class Content(Part):
    """Six files that belong together."""

    framework: Framework
    factors: Factors
    surveys: Surveys
    agreement: Agreement
    governance: Governance
    vocab: Vocab

    def with_criteria(self, extra: Iterable[Criterion]) -> "Content":
        """This content with criteria after its own: those that a school adds itself."""
        return self.with_framework(criteria=(*self.framework.criteria, *extra))

    def with_framework(self, **changes: Any) -> "Content":
        """This content with other parts in framework.yaml."""
        parts = {name: getattr(self.framework, name) for name in Framework.model_fields}
        parts.update(changes)
        # Both are checked already; to look again at all six files would take a page's time.
        files = {name: getattr(self, name) for name in Content.model_fields}
        files["framework"] = Framework.model_construct(**parts)
        return Content.model_construct(**files)

    def options(self, question: Question) -> tuple[Option, ...]:
        """The options of a question to choose from, also where they come from another file.

        `factors.smooth` and `factors.difficult` are the two labels of the code list of factors.
        """
        if question.options_from is None:
            return question.options
        file, name = question.options_from.split(".")
        if file == "factors":
            return tuple(Option(key=f.key, label=getattr(f, name)) for f in self.factors.factors)
        return tuple(Option(key=t.key, label=t.label) for t in getattr(self.vocab, name))


FILES = tuple(Content.model_fields)

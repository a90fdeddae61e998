"""The whole content of one release."""

from partnerwijzer.frameworks.schema.agreement import Agreement
from partnerwijzer.frameworks.schema.base import Option, Part
from partnerwijzer.frameworks.schema.factors import Factors
from partnerwijzer.frameworks.schema.framework import Framework
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

"""Everything that has to hold between the parts of the content, as small checks.

Each takes the Book and notes what is wrong. They look at plain data, so they also run when a file
does not have the right shape: an author gets all problems at once.
"""

from collections.abc import Callable

from partnerwijzer.frameworks.checks import (
    agreement,
    everywhere,
    factors,
    framework,
    governance,
    surveys,
    vocab,
    wording,
)
from partnerwijzer.frameworks.checks.book import Book

CHECKS: tuple[Callable[[Book], None], ...] = (
    everywhere.check_heads,
    everywhere.check_languages,
    everywhere.check_keys,
    everywhere.check_references,
    everywhere.check_no_machine_paths,
    everywhere.check_coverage,
    wording.check_texts,
    wording.check_guidance,
    framework.check_complete,
    framework.check_based_on,
    framework.check_criteria,
    framework.check_every_step_asks,
    framework.check_screenings,
    framework.check_mappings,
    framework.check_own_keys,
    framework.check_numbers,
    factors.check_working_factors,
    factors.check_factors,
    surveys.check_scales,
    surveys.check_sets,
    agreement.check_blocks,
    agreement.check_short,
    governance.check_trees,
    governance.check_lists,
    governance.check_results,
    governance.check_periods,
    governance.check_no_amounts,
    vocab.check_vocab_references,
    vocab.check_working_forms,
    vocab.check_levels,
    vocab.check_ladders,
    vocab.check_decisions,
)

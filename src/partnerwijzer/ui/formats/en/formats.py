"""English words; dates, times and numbers stay as in Belgium, with the day before the month."""

from partnerwijzer.ui.formats.nl.formats import *  # noqa: F403

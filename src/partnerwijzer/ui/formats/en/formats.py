"""English words, but dates, times and numbers stay as in Belgium: nobody here writes the month first."""

from partnerwijzer.ui.formats.nl.formats import *  # noqa: F403

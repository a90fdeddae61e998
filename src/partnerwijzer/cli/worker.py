"""The background worker of this product: tasks, and what each module wants done now and then.

`partnerwijzer serve` starts one; `partnerwijzer serve --only worker` runs one by itself.
"""

from partnerwijzer.documents import storage
from partnerwijzer.dossiers.actions import checkpoints, conversing, reminding
from partnerwijzer.exchange import waiting
from partnerwijzer.exchange.actions import lists
from partnerwijzer.jobs.worker import DAY, Periodic, run_until_signalled
from partnerwijzer.kbo import watchers
from partnerwijzer.mail import post
from partnerwijzer.partners import actions as partners
from partnerwijzer.privacy import held
from partnerwijzer.volunteers import actions as volunteers
from partnerwijzer.worklist import digest

HOUR = 60 * 60.0

PERIODIC = (
    Periodic(post.sweep, seconds=5),
    Periodic(digest.sweep, seconds=60),
    Periodic(digest.forget, seconds=DAY),
    Periodic(watchers.tell, seconds=60),
    Periodic(post.purge, seconds=DAY),
    Periodic(conversing.tell_partners, seconds=120),
    Periodic(checkpoints.tell_partners, seconds=3600),
    Periodic(reminding.remind_waiting, seconds=HOUR),
    Periodic(lists.sweep, seconds=DAY),
    Periodic(waiting.sweep, seconds=DAY),
    Periodic(storage.sweep, seconds=DAY),
    Periodic(held.sweep, seconds=HOUR / 4),
    Periodic(volunteers.sweep, seconds=DAY),
    Periodic(partners.ask_about_recognitions, seconds=HOUR),
    Periodic(partners.note_missing_likeness, seconds=600),
)


def run(parent: int | None) -> None:
    """Works until SIGTERM or SIGINT, or until the process `parent` is gone."""
    run_until_signalled(PERIODIC, parent=parent)

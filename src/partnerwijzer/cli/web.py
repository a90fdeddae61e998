"""What a web process runs: the product, and an eye on the process that started it."""

import multiprocessing
import os
import signal
import threading
import time

from partnerwijzer.config.wsgi import application

__all__ = ["application"]

LOOK_SECONDS = 2.0


def leave_with_parent() -> None:
    """From now on this process stops itself, as if asked to, once it has been orphaned.

    An orphan gets another parent. Windows does not tell: there it goes on.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def look() -> None:
        while os.getppid() == parent.pid:
            time.sleep(LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="leave-with-parent", daemon=True).start()


leave_with_parent()

"""A child process ends when its parent is gone, also when the parent could not say goodbye."""

import os
import signal
import threading
import time

LOOK = 2.0


def leave_with_parent() -> None:
    """From now on this process stops itself, as if asked to, once it has been orphaned.

    An orphan gets another parent. Windows does not tell: there this does nothing.
    """
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=look, name="leave-with-parent", daemon=True).start()

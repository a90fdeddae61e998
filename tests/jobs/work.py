"""Tasks for the tests of the worker; they write what they did into a job."""

import os
import time

from django_tasks import task

from partnerwijzer.jobs.progress import Progress


@task
def count_to(job_id: int, total: int) -> int:
    with Progress(job_id) as progress:
        progress.step("tellen", total=total)
        for _number in range(total):
            progress.advance()
        progress.result["counted"] = total
    return total


@task
def go_on_for_ever(job_id: int) -> None:
    with Progress(job_id) as progress:
        progress.step("eindeloos", total=0)
        while True:
            time.sleep(0.05)
            progress.advance()


@task
def fail(job_id: int) -> None:
    with Progress(job_id):
        raise ValueError("dit ging mis")


@task
def die() -> None:
    os._exit(9)

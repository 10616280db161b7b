"""What Celery runs. It decides nothing: jobs are rows, a message only wakes (``design.md``, the write path)."""

from celery import shared_task

from negotiations import wake
from negotiations.acts import receiving, texts, versions
from negotiations.models import Job, ReceivedFile
from negotiations.models.received import ReceivedState


@shared_task(ignore_result=True)
def work_off_jobs() -> int:
    """Claim and do jobs until none is due. A job that fails is left to a later sweep, and the next one is taken."""
    done = 0
    while (job := versions.claim()) is not None:
        try:
            versions.work_off(job)
        except Exception as fault:
            wake.log.error("Podium version for freeze %s failed: %s", job.freeze_id, type(fault).__name__)
            continue
        done += 1
    return done


@shared_task(ignore_result=True)
def read_received_files() -> int:
    """Read files, then import those that a person asked to have imported, until none is due."""
    done = 0
    while (file := receiving.claim()) is not None:
        receiving.read(file)
        done += 1
    while (file := texts.claim_import()) is not None:
        texts.work_off_import(file)
        done += 1
    return done


@shared_task(ignore_result=True)
def sweep_jobs() -> int:
    """Every few seconds: do what no message was heard for, or whose worker died."""
    done = work_off_jobs() if Job.objects.due().exists() else 0
    due = ReceivedFile.objects.due
    if due().exists() or due(ReceivedState.IMPORTING).exists():
        done += read_received_files()
    return done

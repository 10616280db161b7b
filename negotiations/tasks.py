"""What Celery runs. It decides nothing: jobs are rows, a message only wakes (``design.md``, the write path)."""

from celery import shared_task

from negotiations import wake
from negotiations.acts import versions
from negotiations.models import Job


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
def sweep_jobs() -> int:
    """Every few seconds: do what no message was heard for, or whose worker died."""
    return work_off_jobs() if Job.objects.due().exists() else 0

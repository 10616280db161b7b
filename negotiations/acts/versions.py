"""Making podium versions from what a suspension pinned; nothing else is read."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from documents.models import PodiumVersion, Rendition
from documents.rendering.formats import FORMATS
from documents.rendering.printed import from_json
from negotiations.models import Freeze, Job

LEASE = timedelta(seconds=60)


def claim() -> Job | None:
    """Take one due job for this worker, or None. Two workers never get the same one while its lease runs."""
    with transaction.atomic():
        job = Job.objects.due().select_for_update(skip_locked=True).order_by("pk").first()
        if job is not None:
            job.leased_until, job.tries = timezone.now() + LEASE, job.tries + 1
            job.save(update_fields=["leased_until", "tries"])
    return job


def work_off(job: Job) -> None:
    """Make the job's podium version and mark the job done; a fault is kept with the job, for a later try."""
    try:
        issue(freeze_id=job.freeze_id)
    except Exception as fault:
        job.fault = f"{type(fault).__name__}: {fault}"
        job.leased_until = timezone.now() + min(LEASE, timedelta(seconds=2**job.tries))
        job.save(update_fields=["fault", "leased_until"])
        raise
    job.done_at, job.fault = timezone.now(), ""
    job.save(update_fields=["done_at", "fault"])


def issue(*, freeze_id: UUID) -> PodiumVersion:
    """The podium version of a freeze, with its files; made once, whoever asks how often.

    Files are made first, outside any transaction; whoever comes second finds the first one's version.
    """
    freeze = Freeze.objects.get(pk=freeze_id)
    if (made := PodiumVersion.objects.filter(document_id=freeze.document_id, seq=freeze.seq).first()) is not None:
        return made
    pinned = from_json(freeze.printed)
    bodies = {name: form.render(pinned) for name, form in FORMATS.items()}
    with transaction.atomic():
        version, created = PodiumVersion.objects.get_or_create(
            document_id=freeze.document_id,
            seq=freeze.seq,
            defaults={
                "number": freeze.number,
                "as_of": freeze.as_of,
                "content": freeze.printed,
                "sha256": hashlib.sha256(bodies["text"]).hexdigest(),
            },
        )
        if created:
            Rendition.objects.bulk_create(
                Rendition(version=version, format=name, body=body, sha256=hashlib.sha256(body).hexdigest())
                for name, body in bodies.items()
            )
    return version

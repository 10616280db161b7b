"""The podium versions that were issued, and those being made."""

from datetime import UTC
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from documents.models import PodiumVersion, Rendition
from documents.rendering.formats import FORMATS
from documents.rendering.html import paragraph_html
from documents.rendering.printed import AGREED, from_json, that_print
from negotiations.models import Freeze, Job
from negotiations.web.frame import RoomRequest, in_the_room, shown

REFRESH_SECONDS = 2


@in_the_room
@require_safe
def versions(request: RoomRequest) -> HttpResponse:
    made = _of_the_room(request).select_related("document").defer("content")
    jobs = Job.objects.filter(freeze__session__negotiation=request.negotiation)
    making = list(jobs.filter(done_at=None).select_related("freeze__document").defer("freeze__printed"))
    # Progress is that of the suspensions at work now: the freezes of one suspension share its seq.
    batch = jobs.filter(freeze__seq__in={job.freeze.seq for job in making}).count()
    context = {
        "versions": made.order_by("document__agenda_item__place", "-number"),
        "making": making,
        "all": batch,
        "ready": batch - len(making),
    }
    answer = shown(request, "versions/list.html", context, current="versions")
    if making:
        # A header, so that the page renews itself without a script while files are being made.
        answer["Refresh"] = str(REFRESH_SECONDS)
    return answer


@in_the_room
@require_safe
def version(request: RoomRequest, version_id: UUID) -> HttpResponse:
    issued = _found(request, version_id)
    printed = from_json(issued.content)
    files = [
        {"name": made.format, "form": FORMATS[made.format], "size": made.size, "sha256": made.sha256}
        for made in Rendition.objects.filter(version=issued).annotate(size=Length("body")).defer("body")
        if made.format in FORMATS
    ]
    paragraphs = [
        {"row": p, "html": paragraph_html(p.pieces, numbers=printed.numbers), "agreed": p.state in AGREED}
        for p in that_print(printed)
    ]
    # A version knows no session; the suspension left the instant with the freeze.
    freeze = Freeze.objects.filter(document_id=issued.document_id, seq=issued.seq).only("frozen_at").first()
    context = {
        "version": issued,
        "printed": printed,
        "files": files,
        "paragraphs": paragraphs,
        "suspended": freeze.frozen_at if freeze else None,
        "utc": UTC,
    }
    return shown(request, "versions/version.html", context, current="versions")


@in_the_room
@require_safe
def download(request: RoomRequest, version_id: UUID, format: str) -> HttpResponseBase:
    issued = _found(request, version_id)
    made = Rendition.objects.filter(version=issued, format=format).first()
    if made is None or format not in FORMATS:
        raise Http404
    form = FORMATS[format]
    answer = HttpResponse(bytes(made.body), content_type=form.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{form.file_name(from_json(issued.content))}"'
    answer["ETag"] = f'"{made.sha256}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _of_the_room(request: RoomRequest) -> QuerySet[PodiumVersion]:
    return PodiumVersion.objects.filter(document__agenda_item__negotiation=request.negotiation)


def _found(request: RoomRequest, version_id: UUID) -> PodiumVersion:
    issued = _of_the_room(request).select_related("document").filter(pk=version_id).first()
    if issued is None:
        raise Http404
    return issued

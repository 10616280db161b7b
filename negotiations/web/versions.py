"""The podium versions that were issued, and those being made."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from documents.models import PodiumVersion, Rendition
from documents.rendering.formats import FORMATS
from documents.rendering.html import paragraph_html
from documents.rendering.printed import AGREED, from_json, that_print
from negotiations.models import Job
from negotiations.web.frame import RoomRequest, in_the_room, shown

REFRESH_SECONDS = 2


@in_the_room
def versions(request: RoomRequest) -> HttpResponse:
    made = _of_the_room(request).select_related("document").order_by("document__agenda_item__place", "-number")
    jobs = Job.objects.filter(freeze__session__negotiation=request.negotiation)
    making = list(jobs.filter(done_at=None).select_related("freeze__document"))
    answer = shown(
        request,
        "versions/list.html",
        {"versions": made, "making": making, "all": jobs.count(), "ready": jobs.exclude(done_at=None).count()},
        current="versions",
    )
    if making:
        # A header, so that the page renews itself without a script while files are being made.
        answer["Refresh"] = str(REFRESH_SECONDS)
    return answer


@in_the_room
def version(request: RoomRequest, version_id: UUID) -> HttpResponse:
    issued = _found(request, version_id)
    printed = from_json(issued.content)
    files = [
        {"name": made.format, "form": FORMATS[made.format], "size": len(made.body), "sha256": made.sha256}
        for made in issued.renditions.all()
        if made.format in FORMATS
    ]
    paragraphs = [
        {"html": paragraph_html(p.pieces, numbers=printed.numbers), "agreed": p.state in AGREED, "kind": p.kind}
        for p in that_print(printed)
    ]
    context = {"version": issued, "printed": printed, "files": files, "paragraphs": paragraphs}
    return shown(request, "versions/version.html", context, current="versions")


@in_the_room
def download(request: RoomRequest, version_id: UUID, format: str) -> HttpResponseBase:
    issued = _found(request, version_id)
    made = Rendition.objects.filter(version=issued, format=format).first()
    if made is None or format not in FORMATS:
        raise Http404
    form = FORMATS[format]
    answer = HttpResponse(bytes(made.body), content_type=form.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{form.file_name(from_json(issued.content))}"'
    answer["ETag"] = f'"{made.sha256}"'
    return answer


def _of_the_room(request: RoomRequest) -> QuerySet[PodiumVersion]:
    return PodiumVersion.objects.filter(document__agenda_item__negotiation=request.negotiation)


def _found(request: RoomRequest, version_id: UUID) -> PodiumVersion:
    issued = _of_the_room(request).select_related("document").filter(pk=version_id).first()
    if issued is None:
        raise Http404
    return issued

"""The addresses of the API. A negotiation is in every one of them (``rules.md`` 11), by its UUID."""

from django.urls import include, path, re_path, register_converter

from negotiations.api import (
    brackets,
    events,
    index,
    negotiations,
    positions,
    proposals,
    replacements,
    tabling,
    texts,
    versions,
)


class HouseCode:
    """A delegation's code, as its table allows it."""

    regex = "[A-Za-z][A-Za-z-]{1,15}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(HouseCode, "code")

app_name = "api"
in_a_negotiation = [
    path("", negotiations.One.as_view(), name="negotiation"),
    path("delegations/", negotiations.Delegations.as_view(), name="delegations"),
    path("sessions/", negotiations.Sessions.as_view(), name="sessions"),
    path("documents/", texts.Documents.as_view(), name="documents"),
    path("documents/<uuid:document_id>/", texts.OneDocument.as_view(), name="document"),
    path("documents/<uuid:document_id>/tree/", texts.DocumentTree.as_view(), name="document-tree"),
    path("documents/<uuid:document_id>/text/", texts.DocumentText.as_view(), name="document-text"),
    path("paragraphs/", texts.Paragraphs.as_view(), name="paragraphs"),
    path("paragraphs/<uuid:paragraph_id>/", texts.OneParagraph.as_view(), name="paragraph"),
    path("paragraphs/<uuid:paragraph_id>/words/", texts.ParagraphWords.as_view(), name="paragraph-words"),
    path("paragraphs/<uuid:paragraph_id>/text/", texts.ParagraphText.as_view(), name="paragraph-text"),
    path(
        "paragraphs/<uuid:paragraph_id>/positions/<code:code>/",
        positions.OnParagraph.as_view(),
        name="paragraph-position",
    ),
    path("paragraphs/<uuid:paragraph_id>/proposals/", proposals.Table.as_view(), name="table"),
    path("paragraphs/<uuid:paragraph_id>/paragraphs/", tabling.TableParagraph.as_view(), name="table-paragraph"),
    path("brackets/", brackets.Brackets.as_view(), name="brackets"),
    path("brackets/<uuid:bracket_id>/", brackets.OneBracket.as_view(), name="bracket"),
    path("brackets/<uuid:bracket_id>/positions/<code:code>/", positions.OnBracket.as_view(), name="bracket-position"),
    path("proposals/", proposals.Proposals.as_view(), name="proposals"),
    path("proposals/<uuid:proposal_id>/", proposals.OneProposal.as_view(), name="proposal"),
    path("proposals/<uuid:proposal_id>/withdrawal/", proposals.Withdrawal.as_view(), name="withdrawal"),
    path("proposals/<uuid:proposal_id>/revision/", tabling.Revision.as_view(), name="revision"),
    path("proposals/<uuid:proposal_id>/co-sponsors/<code:code>/", tabling.CoSponsors.as_view(), name="co-sponsor"),
    path("proposals/<uuid:proposal_id>/positions/<code:code>/", replacements.OnProposal.as_view(), name="answer"),
    path("positions/", positions.Positions.as_view(), name="positions"),
    path("positions/<uuid:position_id>/confirmation/", positions.Confirmation.as_view(), name="confirmation"),
    path("versions/", versions.Versions.as_view(), name="versions"),
    path("versions/<uuid:version_id>/", versions.OneVersion.as_view(), name="version"),
    path("versions/<uuid:version_id>/files/<slug:format>/", versions.File.as_view(), name="file"),
    path("events/", events.Events.as_view(), name="events"),
]
urlpatterns = [
    path("v1/", index.Index.as_view(), name="index"),
    path("v1/schema/", index.SchemaView.as_view(), name="schema"),
    path("v1/docs/", index.Docs.as_view(), name="docs"),
    path("v1/problems/<slug:code>/", index.Problem.as_view(), name="problem"),
    path("v1/negotiations/", negotiations.Negotiations.as_view(), name="negotiations"),
    path("v1/negotiations/<uuid:negotiation_id>/", include(in_a_negotiation)),
    re_path("", index.Nothing.as_view()),
]

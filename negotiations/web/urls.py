"""The addresses of the negotiation pages. A negotiation is in every URL (``rules.md`` 11)."""

from django.urls import path

from negotiations.web import (
    brackets,
    desk,
    history,
    imports,
    new_paragraphs,
    pages,
    paragraphs,
    propose,
    reading,
    revisions,
    sponsors,
    versions,
)

urlpatterns = [
    path("", pages.home, name="home"),
    path("<slug:slug>/", pages.negotiation, name="negotiation"),
    path("<slug:slug>/texts/<uuid:document_id>/", reading.document, name="document"),
    path("<slug:slug>/texts/<uuid:document_id>/since/", reading.since, name="since"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/", paragraphs.panel, name="paragraph"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/position/", paragraphs.position, name="paragraph-position"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/history/", history.of_paragraph, name="history"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/propose/", propose.propose, name="propose"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/paragraph/", new_paragraphs.propose, name="new-paragraph"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/agree/", paragraphs.agree, name="agree"),
    path("<slug:slug>/paragraphs/<uuid:paragraph_id>/reopen/", paragraphs.reopen, name="reopen"),
    path("<slug:slug>/brackets/<uuid:bracket_id>/", brackets.panel, name="bracket"),
    path("<slug:slug>/brackets/<uuid:bracket_id>/position/", brackets.position, name="bracket-position"),
    path("<slug:slug>/brackets/<uuid:bracket_id>/verdict/", brackets.verdict, name="verdict"),
    path("<slug:slug>/proposals/<uuid:proposal_id>/answer/", brackets.answer, name="answer-replacement"),
    path("<slug:slug>/proposals/<uuid:proposal_id>/withdraw/", brackets.withdraw_proposal, name="withdraw-proposal"),
    path("<slug:slug>/proposals/<uuid:proposal_id>/co-sponsor/", sponsors.co_sponsor, name="co-sponsor"),
    path("<slug:slug>/proposals/<uuid:proposal_id>/revise/", revisions.revise, name="revise"),
    path("<slug:slug>/positions/<uuid:position_id>/confirm/", desk.confirm, name="confirm"),
    path("<slug:slug>/desk/", desk.desk, name="desk"),
    path("<slug:slug>/desk/open/", desk.open_session, name="open-session"),
    path("<slug:slug>/desk/suspend/", desk.suspend_session, name="suspend-session"),
    path("<slug:slug>/desk/close/", desk.close_session, name="close-session"),
    path("<slug:slug>/desk/agree-clean/<uuid:document_id>/", desk.agree_clean, name="agree-clean"),
    path("<slug:slug>/import/", imports.upload, name="import"),
    path("<slug:slug>/versions/", versions.versions, name="versions"),
    path("<slug:slug>/versions/<uuid:version_id>/", versions.version, name="version"),
    path("<slug:slug>/versions/<uuid:version_id>/<str:format>/", versions.download, name="download"),
]

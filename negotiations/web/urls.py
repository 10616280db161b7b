"""The addresses of the negotiation pages. A negotiation is in every URL (``rules.md`` 11)."""

# TEMPORARY, by the lead: modules that do not exist yet are left out. The final table has the same names.
from importlib import import_module

from django.urls import URLPattern, path

TABLE = [
    ("", "pages.home", "home"),
    ("<slug:slug>/", "pages.negotiation", "negotiation"),
    ("<slug:slug>/texts/<uuid:document_id>/", "reading.document", "document"),
    ("<slug:slug>/texts/<uuid:document_id>/since/", "reading.since", "since"),
    ("<slug:slug>/paragraphs/<uuid:paragraph_id>/", "paragraphs.panel", "paragraph"),
    ("<slug:slug>/paragraphs/<uuid:paragraph_id>/position/", "paragraphs.position", "paragraph-position"),
    ("<slug:slug>/paragraphs/<uuid:paragraph_id>/propose/", "propose.propose", "propose"),
    ("<slug:slug>/paragraphs/<uuid:paragraph_id>/agree/", "paragraphs.agree", "agree"),
    ("<slug:slug>/paragraphs/<uuid:paragraph_id>/reopen/", "paragraphs.reopen", "reopen"),
    ("<slug:slug>/brackets/<uuid:bracket_id>/", "brackets.panel", "bracket"),
    ("<slug:slug>/brackets/<uuid:bracket_id>/position/", "brackets.position", "bracket-position"),
    ("<slug:slug>/brackets/<uuid:bracket_id>/verdict/", "brackets.verdict", "verdict"),
    ("<slug:slug>/proposals/<uuid:proposal_id>/withdraw/", "brackets.withdraw_proposal", "withdraw-proposal"),
    ("<slug:slug>/positions/<uuid:position_id>/confirm/", "desk.confirm", "confirm"),
    ("<slug:slug>/desk/", "desk.desk", "desk"),
    ("<slug:slug>/desk/open/", "desk.open_session", "open-session"),
    ("<slug:slug>/desk/suspend/", "desk.suspend_session", "suspend-session"),
    ("<slug:slug>/desk/agree-clean/<uuid:document_id>/", "desk.agree_clean", "agree-clean"),
    ("<slug:slug>/import/", "imports.upload", "import"),
    ("<slug:slug>/versions/", "versions.versions", "versions"),
    ("<slug:slug>/versions/<uuid:version_id>/", "versions.version", "version"),
    ("<slug:slug>/versions/<uuid:version_id>/<str:format>/", "versions.download", "download"),
]
urlpatterns: list[URLPattern] = []
for route, view, name in TABLE:
    module, function = view.split(".")
    try:
        urlpatterns.append(path(route, getattr(import_module(f"negotiations.web.{module}"), function), name=name))
    except (ModuleNotFoundError, AttributeError) as missing:
        if "negotiations" not in str(missing) and not isinstance(missing, AttributeError):
            raise

"""What is negotiated: documents, their paragraphs as trees, and the podium versions that were issued.

Document and Paragraph are projections of the ledger: only ``negotiations.projection`` writes them.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.notation import tree as trees


class Agreement(models.TextChoices):
    """How far a paragraph is agreed (``rules.md`` 20). What was imported or tabled is open."""

    OPEN = "open", _("not agreed")
    AD_REF = "agreed_ad_ref", _("agreed ad referendum")
    STRUCK = "struck", _("struck")


class Document(models.Model):
    """One negotiating text. ``title``, ``header_lines`` and ``status_line`` are as the source printed them.

    ``name`` is what lists call it: the title, or the file's name where the source has none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.TextField()
    title = models.TextField(blank=True)
    header_lines = models.JSONField(default=list)
    status_line = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")

    def __str__(self) -> str:
        return self.name


PLACES_BETWEEN = 1024
"""How far apart a text that comes in puts its paragraphs, so that others find a place between them."""


class Paragraph(models.Model):
    """A paragraph: its wording stands in ``tree`` and nowhere else.

    ``place`` orders the paragraphs of a document and says nothing else. ``handle`` is its frozen name in the document (``rules.md`` 14); ``seq`` is the event that last changed its tree, or what is
    tabled in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="paragraphs")
    place = models.PositiveIntegerField()
    handle = models.CharField(max_length=64)
    label = models.CharField(max_length=64, blank=True)
    kind = models.CharField(max_length=24)
    tree = models.JSONField()
    language = models.CharField(max_length=8, default="en")
    agreement = models.CharField(max_length=16, choices=Agreement.choices, default=Agreement.OPEN)
    alternative_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="alternatives")
    next_number = models.PositiveIntegerField(default=1)
    seq = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "place"], name="one_paragraph_per_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["document", "handle"], name="one_paragraph_per_handle"),
            models.CheckConstraint(condition=Q(agreement__in=Agreement.values), name="known_agreement"),
            models.CheckConstraint(condition=~Q(alternative_to=models.F("id")), name="no_rival_of_itself"),
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def nodes(self) -> trees.Tree:
        return trees.from_json(self.tree)


class PodiumVersion(models.Model):
    """What stood on the podium at ``seq``, for good. Insert-only by trigger; knows no session (``rules.md`` 22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    as_of = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="one_version_per_seq"),
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.number}"


class Rendition(models.Model):
    """A podium version as a file. Insert-only by trigger."""

    version = models.ForeignKey(PodiumVersion, models.PROTECT, related_name="renditions")
    format = models.CharField(max_length=16)
    body = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "format"], name="one_rendition_per_format")]

    def __str__(self) -> str:
        return f"{self.version} {self.format}"

"""Why an act was not done: what happened, what was not done, what to do now; with one name for machines.

A refusal leaves no trace in the record. Doors turn it into a notice, a problem or a command's error.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refusal(Exception):
    """``code`` is stable for machines; ``status`` is the HTTP status; ``message`` is for people, with ``facts`` filled in."""

    code = "refused"
    status = 409
    message: Any = _("This was not done.")

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        return str(self.message) % self.facts if self.facts else str(self.message)


class NotFound(Refusal):
    code, status = "not-found", 404
    message = _("There is nothing here that you can see.")


class NotAllowed(Refusal):
    code, status = "not-allowed", 403
    message = _("%(why)s Nothing was recorded.")


class RoomClosed(Refusal):
    code, status = "session-not-open", 409
    message = _(
        "The session is not open. Nothing was recorded, and what you typed is still here. Positions and proposals can be given when the Secretariat opens the next sitting."
    )


class NotOnTheAgenda(Refusal):
    code, status = "not-on-the-agenda", 409
    message = _(
        "This document is not on the agenda of the session that sits. Nothing was recorded, and what you typed is still here. The Secretariat can put it on the agenda."
    )


class EmptyAgenda(Refusal):
    code, status = "empty-agenda", 409
    message = _("A session needs at least one document on its agenda. Nothing was changed.")


class SessionAlreadyOpen(Refusal):
    code, status = "session-already-open", 409
    message = _("A session is open already. Suspend it before you open another one.")


class NothingToFreeze(Refusal):
    code, status = "nothing-on-the-agenda", 409
    message = _("There is no document on the agenda, so there is nothing to issue. Import a text first.")


class NothingToClose(Refusal):
    code, status = "nothing-to-close", 409
    message = _("There is no session to close: none was opened, or the last one is closed already.")


class TextMoved(Refusal):
    """The words that the request was about have changed since it was written; ``facts`` has ``paragraph``."""

    code, status = "text-moved", 412
    message = _(
        "%(handle)s changed after you opened it, at the very words you chose. Nothing was recorded, and what you typed is still here. Read the new wording and choose again."
    )


class Ended(Refusal):
    code, status = "bracket-ended", 409
    message = _(
        "Bracket %(number)s no longer stands in the text. Nothing was recorded. Its history is kept with the paragraph."
    )


class CannotBracket(Refusal):
    code, status = "cannot-bracket", 422
    message = _("%(why)s Nothing was recorded, and what you typed is still here.")


class NotPlain(Refusal):
    code, status = "text-not-plain", 422
    message = _(
        "%(what)s stands at word %(word)s, character %(at)s of what you typed. Take it out and send the text again; nothing was recorded."
    )


class OddCharacters(Refusal):
    """The same of a file: its odd characters are taken out with the Secretariat's consent, and only then."""

    code, status = "text-not-plain", 422
    message = _(
        "The text holds characters that none may hold: %(count)s of them, the first %(what)s at %(where)s. Nothing was imported. Take them out of the file, or agree to their being taken out."
    )


class LooksAlike(Refusal):
    code, status = "looks-alike", 422
    message = _(
        "“%(word)s”, word %(number)s of what you typed (character %(at)s), has letters that look like those of another alphabet: %(letters)s. Nothing was recorded, and what you typed is still here. Type the word in one alphabet, or say that you mean it so."
    )


class CodesAlike(Refusal):
    code, status = "codes-look-alike", 422
    message = _(
        "%(first)s and %(second)s look the same on paper and stand for different delegations. Give one of them another code or spelling; nothing was founded."
    )


class KeyUsed(Refusal):
    code, status = "idempotency-mismatch", 422
    message = _(
        "This form was sent before with other words. Nothing more was recorded. Open the paragraph again to make a new entry."
    )


class TooManyDrafts(Refusal):
    code, status = "too-many-drafts", 409
    message = _(
        "Your delegation keeps %(most)s private drafts here already, and there may be no more. Nothing was kept, and what you typed is still here. Table or drop one of them first."
    )


class DraftChanged(Refusal):
    """Somebody of the same delegation kept it anew after the form was opened."""

    code, status = "draft-changed", 412
    message = _(
        "%(who)s changed this draft after you opened it. Nothing was kept, and what you typed is still here. Keep it once more to put your words in place of theirs."
    )


class DraftGone(Refusal):
    """There is no such draft, or none that the delegation could see."""

    code, status = "draft-gone", 409
    message = _(
        "This draft is no longer among those of your delegation: it was tabled or dropped meanwhile. Nothing was kept, and what you typed is still here. Keep it once more to make a new draft of it."
    )


class NothingToWithdraw(Refusal):
    code, status = "nothing-to-withdraw", 409
    message = _("There is no position of %(code)s here to withdraw. Nothing was recorded.")


class NothingTicked(Refusal):
    code, status = "nothing-ticked", 422
    message = _("Tick what you mean: from one bracket to %(most)s. Nothing was recorded.")


class NotClean(Refusal):
    code, status = "not-clean", 409
    message = _("%(handle)s is not clean: %(why)s. It was not marked as agreed.")


class AgreedText(Refusal):
    code, status = "agreed-text", 409
    message = _(
        "%(handle)s is agreed ad referendum and is not edited. It can only be reopened, with a reason. Nothing was recorded."
    )


class NoPlace(Refusal):
    """There is nothing there that a new paragraph could stand beside or in the place of."""

    code, status = "no-place", 409
    message = _("%(why)s Nothing was recorded, and what you typed is still here.")


class OriginUnknown(Refusal):
    code, status = "origin-unknown", 409
    message = _(
        "%(number)s was read from paper, which does not say whether its words were there before. The Secretariat says whether they stay or go."
    )


class NothingRead(Refusal):
    code, status = "no-text", 422
    message = _("The file holds no paragraph to import. Nothing was changed.")


class EmptyFile(Refusal):
    code, status = "empty-file", 422
    message = _("The file is empty. Nothing was received.")


class TooLarge(Refusal):
    code, status = "too-large", 413
    message = _("%(why)s Nothing was changed. Divide the text into several files.")


class NotReadYet(Refusal):
    """The file waits to be read, or could not be read."""

    code, status = "not-read-yet", 409
    message = _("This file is not read yet, so there is nothing to decide. Nothing was changed.")


class ImportedAlready(Refusal):
    code, status = "imported-already", 409
    message = _(
        "This file is imported already. Nothing was changed. Take the import back first, if nobody has built on it."
    )


class NotTakenBack(Refusal):
    code, status = "not-taken-back", 409
    message = _("This import cannot be taken back: %(why)s. Nothing was changed.")


class NothingToConfirm(Refusal):
    code, status = "nothing-to-confirm", 409
    message = _("This position does not wait for confirmation any more. Nothing was recorded.")


class NothingChosen(Refusal):
    code, status = "nothing-chosen", 422
    message = _("Nothing was chosen, so nothing was recorded. Tick what the file says rightly.")


class ComparedTextMoved(Refusal):
    """Something that was consented to is not what the file says of the present text."""

    code, status = "text-moved", 412
    message = _(
        "%(name)s changed after you opened this page, at words that you chose. Nothing was recorded. What the file says of the text as it is now stands below; choose again."
    )


class Unanswered(Refusal):
    code, status = "unanswered", 422
    message = _("%(where)s: %(why)s Nothing was recorded, and everything you chose is still here.")


class NeedsAnother(Refusal):
    """A change that cannot be carried out without another one, which was not consented to."""

    code, status = "needs-another", 422
    message = _(
        "%(where)s: this cannot be recorded without another change that you did not choose. Nothing was recorded, and everything you chose is still here."
    )

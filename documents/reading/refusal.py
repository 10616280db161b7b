"""Why a file is not read, in a form that crosses from one process to another and is said in the language of whoever reads it."""


def gettext_noop(reason: str) -> str:
    """Marks a reason for translation. Django's own would bring Django into the process that reads a stranger's file."""
    return reason


class NotText(ValueError):
    """The bytes are not a text that can be read; ``str`` says why, half a sentence for a person.

    ``reason`` is that half sentence in English, marked with :func:`gettext_noop`; ``facts`` stand in it by name.
    """

    def __init__(self, reason: str, **facts: str | int) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts

    def __str__(self) -> str:
        # Only where somebody reads it, and in English where there are no settings that name a language.
        from django.core.exceptions import ImproperlyConfigured
        from django.utils.translation import gettext

        try:
            said = gettext(self.reason)
        except ImproperlyConfigured:
            said = self.reason
        return said % self.facts if self.facts else said

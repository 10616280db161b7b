"""The form to sign in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """E-mail and passphrase. Pasting and password managers work (WCAG 3.3.8): nothing here stands in their way."""

    use_required_attribute = False  # our own words say what is missing, the same in all three languages

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": _("Type your e-mail."),
            "invalid": _("This is not an e-mail address. Type it as in name@ministry.example."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    passphrase = forms.CharField(
        max_length=1024,  # hashing takes longer for longer ones
        strip=False,
        error_messages={"required": _("Type your passphrase.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "sign-in-%s")
        super().__init__(*args, **kwargs)

    def mark_wrong(self) -> None:
        """Point assistive technology from each field with a fault to the words beside it."""
        at_passphrase = "passphrase" in self.errors or bool(self.non_field_errors())
        for name, wrong in (("email", "email" in self.errors), ("passphrase", at_passphrase)):
            if wrong:
                self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"{name}-why"}

"""Who may do what: one function a right. Each raises a Refusal or returns nothing (``rules.md`` 8 to 11)."""

from django.utils.translation import gettext as _

from delegations.actor import Actor
from delegations.models import Delegation, Kind, Role
from negotiations.models import Negotiation, Proposal, Session
from negotiations.refusals import NotAllowed, NotFound, RoomClosed


def speak_for(actor: Actor, delegation: Delegation) -> None:
    """Heads and delegates speak for their own delegation; the Secretariat enters for any, as heard."""
    if actor.role == Role.ADVISER:
        raise NotAllowed(
            why=_("Advisers prepare drafts; a head of delegation or a delegate takes positions and tables.")
        )
    if not actor.speaks or delegation.kind == Kind.OBSERVER:
        raise NotAllowed(why=_("Observers read; they do not take positions or table text."))
    if delegation.pk != actor.delegation_id and not actor.is_secretariat:
        raise NotAllowed(why=_("You can only speak for your own delegation."))


def speak_here(actor: Actor, delegation: Delegation, negotiation: Negotiation) -> None:
    """Speak for a delegation that has a seat in this negotiation."""
    speak_for(actor, delegation)
    take_part(actor, delegation, negotiation)


def take_part(actor: Actor, delegation: Delegation, negotiation: Negotiation) -> None:
    """Only a delegation with a seat in this negotiation can be spoken for; the actor's own has one, or it was not found."""
    if delegation.pk == actor.delegation_id:
        return
    if not negotiation.participations.filter(delegation=delegation).exists():
        raise NotAllowed(why=_("%(code)s takes no part in this negotiation.") % {"code": delegation.code})


def prepare(actor: Actor, delegation: Delegation) -> None:
    """Advisers, delegates and heads keep private drafts of their own delegation; whoever can never table keeps none."""
    if actor.role == Role.OBSERVER or actor.delegation.kind == Kind.OBSERVER:
        raise NotAllowed(why=_("Observers read; they do not prepare drafts."))
    if delegation.pk != actor.delegation_id:
        raise NotAllowed(why=_("A private draft is prepared for one's own delegation, never for another."))


def put_its_name_to(delegation: Delegation, proposal: Proposal) -> None:
    """Members put their names to what another delegation tabled, once."""
    if delegation.kind != Kind.MEMBER:
        raise NotAllowed(why=_("Members co-sponsor; the Chair, the Secretariat and observers do not."))
    if proposal.tabled_by_id is None:
        raise NotAllowed(why=_("This was read from paper, which does not say who tabled it. Take a position instead."))
    if proposal.tabled_by_id == delegation.pk:
        raise NotAllowed(why=_("This is the delegation's own proposal."))
    if proposal.co_sponsors.filter(delegation=delegation).exists():
        raise NotAllowed(why=_("%(code)s co-sponsors this proposal already.") % {"code": delegation.code})


def hold_the_pen(actor: Actor) -> None:
    """Sessions, verdicts on brackets, imports: the Secretariat's and the Chair's people who speak."""
    if not (actor.is_secretariat or actor.is_chair) or not actor.speaks:
        raise NotAllowed(why=_("Only the Secretariat and the Chair do this."))


def have_a_desk(actor: Actor) -> None:
    """Observers read the text and what was issued; a desk, or a file of what was heard, they have not (``rules.md`` 10)."""
    if actor.delegation.kind == Kind.OBSERVER or actor.role == Role.OBSERVER:
        raise NotFound


def import_texts(actor: Actor) -> None:
    """Texts come in through the Secretariat, whether or not the session is open (``rules.md`` 9)."""
    if not actor.is_secretariat or not actor.speaks:
        raise NotAllowed(why=_("Only the Secretariat imports texts."))


def be_heard(session: Session | None) -> None:
    """Tabling needs an open session."""
    if session is None:
        raise RoomClosed()


def be_heard_on_a_position(session: Session | None, negotiation: Negotiation) -> None:
    """Positions need an open session, unless the negotiation takes written positions between sessions."""
    if session is None and not negotiation.written_positions:
        raise RoomClosed()

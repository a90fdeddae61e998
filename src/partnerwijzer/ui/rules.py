"""The style page is for everybody with an account."""

from partnerwijzer.access import gate

gate.register("ui.style", lambda actor, subject: actor.signed_in)

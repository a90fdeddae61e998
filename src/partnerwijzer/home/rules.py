"""The start page is for everybody with an account."""

from partnerwijzer.access import gate

gate.register("home.start", lambda actor, subject: actor.signed_in)

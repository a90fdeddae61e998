"""The start page is for everybody with an account; the registers for who keeps the umbrella."""

from partnerwijzer.access import gate
from partnerwijzer.access.actor import Role

gate.register("home.start", lambda actor, subject: actor.signed_in)
gate.register("home.lists", lambda actor, subject: actor.has(Role.UMBRELLA_ADMIN))

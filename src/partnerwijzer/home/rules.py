from partnerwijzer.access import gate

gate.register("home.start", lambda actor, subject: actor.signed_in)

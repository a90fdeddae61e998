"""One school with a dossier of class 5A with two goals, and people of both worlds."""

from tests.dossiers import one

SignIn = one.SignIn
world, story, dossier, sign_in = one.world, one.story, one.dossier, one.sign_in
built = one.keeps(lambda story: one.begun(story, goals=2))

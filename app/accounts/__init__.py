"""People: who can sign in, in which browser they are signed in, and how they come back in."""

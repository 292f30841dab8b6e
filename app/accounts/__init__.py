"""People: how they sign in, stay signed in and are invited."""

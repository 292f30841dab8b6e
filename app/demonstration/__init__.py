"""What exists only where Enlace is shown: mail that is read here instead of being sent."""

"""What is a form in Enlace? A document: this package reads it and answers every question about it."""

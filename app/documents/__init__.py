"""How does what Enlace knows leave it? As PDF, Word, Excel or CSV, from one description of a document."""

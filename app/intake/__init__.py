"""The engine behind every form: drafts, answers, versions, reviews. Knows no kind of record."""

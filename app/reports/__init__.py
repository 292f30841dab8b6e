"""The compiled needs report: figures, editions and their four forms."""

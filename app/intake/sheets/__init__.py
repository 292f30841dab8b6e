"""The spreadsheet round trip of every form: filled without a line, checked whole, brought in at once."""

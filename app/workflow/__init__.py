"""Does the record's state allow it? The life of every record, as data."""

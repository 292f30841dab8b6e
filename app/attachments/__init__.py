"""Files of a record: oficios, designation notes, and later originals and images."""

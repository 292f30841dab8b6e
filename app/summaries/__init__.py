"""What sponsors read: prepared, agreed with the country, released, sent, answered."""

"""Who pays or gives what of a course: from a first interest to what is confirmed."""

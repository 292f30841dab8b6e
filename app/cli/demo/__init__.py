"""What does the world of May 2004 hold, that the demonstration starts with?"""

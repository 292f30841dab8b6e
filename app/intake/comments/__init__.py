"""What do people say to each other about an answer, and who may read it?"""

"""What became of a course: its days, who was sent, who came, what was learnt, and a year later?"""

"""What is kept for how long, and who removes it afterwards?"""

"""Where do the bytes of files lie, and which files are let in?"""

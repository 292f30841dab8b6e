"""What is done after the answer was given?"""

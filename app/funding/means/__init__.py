"""What would a sum that a sponsor has complete, of the courses that were sent to it?"""

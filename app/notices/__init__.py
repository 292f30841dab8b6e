"""What is somebody told of, inside Enlace and by mail, exactly once?"""

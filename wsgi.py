"""Where does a server find the application?"""

from app import create_app

app = create_app()

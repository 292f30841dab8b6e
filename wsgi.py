"""Where does a server find the application, and where do the commands of `flask`?"""

from app import create_app
from app.cli.unsafe import said_to_whoever_commands

with said_to_whoever_commands():
    app = create_app()

"""Which regional courses does Enlace propose to the Secretariat, and what does it do with them?"""

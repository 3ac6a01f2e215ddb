"""How the project behaves as a corpus grows, beside the plain way of doing it."""

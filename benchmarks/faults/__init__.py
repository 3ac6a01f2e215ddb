"""Faults: kills, hostile pages, identical bytes; each a command of its own."""

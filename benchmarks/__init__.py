"""Measurements and floors: what the project does, beside its peers, on texts it was not written from."""

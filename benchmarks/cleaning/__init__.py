"""Benchmark of the cleaning: dirt by its real mechanism on clean official text, with exact truth."""

"""Benchmarks of the project: what it claims, measured."""

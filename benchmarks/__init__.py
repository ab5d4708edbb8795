"""Benchmarks: `python -m benchmarks [NAME]`, one JSON line per figure on standard output.

They share the tests' workspaces and servers.
"""

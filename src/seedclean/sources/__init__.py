"""Paths and bytes to sources: which files are read, what is in them, and what their bytes say in characters.

Face: `files` (`one`, `sources`, `read_file`), `walk.select`, `containers.unpack`, `encoding.decode`, `formats.sniff`.
May import `model` and `values`.
"""

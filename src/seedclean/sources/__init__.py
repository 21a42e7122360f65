"""From paths and bytes to sources: which files are read, which documents a container holds, and how bytes are decoded.

Face: `files` (`one`, `sources`, `read_file`), `walk.select`, `containers.unpack`, `encoding.decode`, `formats.sniff`.
May import `model` and `values`.
"""

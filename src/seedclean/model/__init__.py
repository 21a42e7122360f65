"""The nouns of the project, its closed vocabularies, its errors and its limits.

Face: `document` (Source, Document, Block, Element, Mark, Decision, Detection), `vocabulary`, `errors`, `limits`.
Imports nothing of seedclean.
"""

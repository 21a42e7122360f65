"""The canonical form of a text that stands somewhere in a document: a name, a date, a URL, a language.

Face: `text.normal` and `text.squash`, `urls`, `dates.iso`, `people.names`, `language.of` and `language.tag`.
Knows no document, no block and no pack. Imports nothing of seedclean.
"""

"""Canonical values out of text: names, dates, URLs, languages, titles.

Face: `text.normal` and `text.squash`, `urls`, `dates.iso`, `people.split_people`, `titles.split`, `meta_tags.field`, `language.of` and `language.tag`.
Knows no document, no block and no pack. Imports nothing of seedclean.
"""

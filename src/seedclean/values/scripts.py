"""Ranges of scripts, to be put between the brackets of a regular expression's character class."""

HAN = "\u3400-\u9fff"
"""CJK Unified Ideographs and their Extension A."""
KANA = "\u3040-\u30ff"
HANGUL = "\uac00-\ud7af"

"""Ranges of scripts, to be put between the brackets of a regular expression's character class."""

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""CJK Unified Ideographs, their Extensions A to G, and the Compatibility Ideographs."""
KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
"""Hiragana and Katakana, with the phonetic extensions and the half-width forms."""
HANGUL = "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f"
"""Hangul syllables, Jamo and compatibility Jamo."""

"""Who published a document, and one decision for each of its blocks.

Face: `origin.detect` and `verdicts.decide`; the model and its features are in `classifier`.
May import `packs` and the layers below it.
"""

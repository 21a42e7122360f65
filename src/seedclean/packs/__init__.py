"""Rules as data: what a rule pack is, how its file is parsed and checked, and which conditions hold of a block.

Face: `registry.load`, `parser.parse_pack`, `check`, `context` (what conditions are matched against), `index.ConditionIndex`.
May import `readers` and the layers below it.
"""

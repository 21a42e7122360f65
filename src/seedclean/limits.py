"""The bounds that keep hostile input from costing more than it is worth. Each says where it comes from."""

SOURCE_BYTES = 512 * 1024 * 1024
"""A source larger than this is refused: decoding and parsing hold about six times its size in memory."""

FRONT_MATTER_CHARS = 65_536
FRONT_MATTER_EVENTS = 20_000
FRONT_MATTER_DEPTH = 20
"""YAML beyond these is read line by line instead: a 734-byte merge bomb costs PyYAML 54 s."""

ELEMENT_DEPTH = 256
"""Elements deeper than this hang on their ancestor at this depth, so that asking what a block stands inside stays
linear on 100,000 nested tags. Real pages stay below 60."""

PATTERN_CHARS = 10_000
"""A pattern of a rule is tried on blocks up to this length: interface lines are short, prose is not theirs to judge."""

JUDGE_CHARS = 2_000_000
JUDGE_TAGS = 50_000
JUDGE_ATTRIBUTES = 1_000
"""trafilatura is quadratic in paragraphs, links and line breaks, libxml2 in the attributes of one tag; beyond these
they are not asked."""

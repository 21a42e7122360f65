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

JUDGE_BLOCKS = 100_000
"""A document of unknown origin with more blocks is kept whole: judging one costs some 0.03 ms a block, and no page that
a person reads has a hundredth of these."""

XPATH_STEPS = 1_000_000_000
"""An XPath expression of a site configuration whose axes may take more steps than this, some 4 s, is not asked."""

UNPACKED_RATIO = 200
UNPACKED_FLOOR = 1_000_000
"""Packed data that grows by more than this ratio is refused beyond the floor: pages pack to a tenth, records of one
template to a fiftieth, and a bomb of zeros in gzip to a thousandth. Nested packing is held against the outermost size."""

UNPACKED_BYTES = 64 * 1024**3
"""What a whole container may unpack to. Members are read one by one, so this bounds time and not memory."""

PACKING_DEPTH = 3
"""How many layers of gzip and Zstandard may lie around a container; a real one has one, a careless copy two."""

PARSED_BYTES = 256 * 1024 * 1024
"""A mail, a JSON file or one line of JSON larger than this is refused: they are parsed whole, at several times their size."""

MEMBERS = 10_000_000
MEMBER_FAULTS = 1_000
"""How many documents are taken out of one container, and after how many faults it is not what its name says."""

STATED_CHARS = 10_000
"""A value that a container states is metadata up to this length, and beyond it a text of its own."""

"""Limits on hostile input, each with its reason."""

SOURCE_BYTES = 512 * 1024 * 1024
"""A source larger than this is refused: decoding and parsing hold about six times its size in memory."""

FRONT_MATTER_CHARS = 65_536
FRONT_MATTER_EVENTS = 20_000
FRONT_MATTER_DEPTH = 20
"""YAML over these limits is read line by line instead: a 734-byte merge bomb costs PyYAML 54 s."""

ELEMENT_DEPTH = 256
"""Deeper elements become children of their ancestor at this depth, so that walks over ancestors stay linear on 100,000
nested tags. Real pages stay below 60."""

PATTERN_CHARS = 10_000
"""Patterns of rules are tried on blocks up to this length: boilerplate lines are short."""

MARKDOWN_DEPTH = 100_000
"""Markdown with more quotes and lists inside each other is refused: each takes 0.5 kB, in two bytes."""

JUDGE_CHARS = 2_000_000
JUDGE_TAGS = 50_000
"""XPath expressions of site configurations are not asked about documents over these limits: a predicate may look at all
elements for each element."""

JUDGE_BLOCKS = 40_000
"""A document of unknown origin with more blocks is kept whole: judging takes up to 5.5 kB a block, and the largest of 1,500 real
pages has 1,765."""

RULE_FILE_BYTES = 500_000
RULE_INTEGER = 10**9
"""A rule file with more bytes, or with a larger number, is refused: the largest pack of seedclean has 31 kB, and Python
takes quadratic time for a number of very many digits."""

XPATH_STEPS = 1_000_000_000
"""XPath expressions of site configurations whose axes may take more steps than this (about 4 s) are skipped."""

UNPACKED_RATIO = 200
UNPACKED_FLOOR = 1_000_000
"""Data over the floor that grows by more than this ratio when decompressed is refused: pages compress to a tenth, records
of one template to a fiftieth, a gzip bomb of zeros to a thousandth. Nested layers are measured against the outermost."""

DOCUMENT_RATIO = 20
DOCUMENT_FLOOR = 16_000_000
"""One document out of compressed data may be so many times as large as what was read of the file, or the floor: memory
follows the largest document, and pages compress to a tenth."""

UNPACKED_BYTES = 64 * 1024**3
"""Decompressed size of a whole container. Members are read one by one, so this bounds time, not memory."""

PACKING_DEPTH = 3
"""Layers of gzip and Zstandard around a container: a real one has one, a careless copy two."""

PARSED_BYTES = 256 * 1024 * 1024
"""A mail, a JSON file or a line of JSON larger than this is refused: each is parsed whole, at several times its size."""

JSON_VALUES = 1_000_000
JSON_VALUE_BYTES = 10
"""JSON with more values is refused if a value has fewer bytes than this on average: each takes about 90 in memory."""

PARQUET_BATCH_BYTES = 64 * 1024 * 1024
"""Rows are decoded one by one where a column of a row group is larger: each may repeat its largest value."""

MAIL_BOUNDARIES = 200
"""A mail with more parts of parts is refused: the standard library compares each line with every boundary around it."""

WORKER_BYTES = 1024**3
WORKER_RATIO = 30
"""Memory of a worker: the larger of these bytes and this multiple of the file. The document that needs more fails."""

DOCUMENT_BYTES = 300_000_000
"""Memory that a worker may take for one document, beside what it holds: these bytes, or `WORKER_RATIO` times the document."""

LINES = 400_000
LINE_BYTES = 25
"""A bare text with more lines is refused before they are looked at, unless they have so many bytes on average: each takes 0.5 kB until
the lines of a paragraph are joined. A `pre` with more is a listing."""

BLOCKS = 200_000
BLOCK_BYTES = 40
READ_BLOCKS = 280_000
READ_BLOCK_BYTES = 35
"""A document with more blocks is refused, two marks counted as one, unless they have so many bytes on average: each takes about 1 kB.
No document that a person reads has a hundredth of the first number, and real pages and texts have 30 to 500 bytes a block, large ones
68 and more. Reading ends at the third number of blocks and marks, or of cells of tables, before the rest takes memory: the cells of
a table become one block."""

MARKDOWN_SIGNS = 1_000_000
MARKDOWN_SIGN_BYTES = 6
"""Markdown with more signs that may be markup is refused before it is parsed, unless there is one for so many bytes at most: the parser
takes up to 100 bytes for each, and real Markdown has one for 11 bytes and more."""

MEMBERS = 10_000_000
MEMBER_FAULTS = 1_000
"""Documents read from one container, and broken members after which the container is not what its suffix says."""

STATED_CHARS = 10_000
"""A value in a container is metadata up to this length; a longer one is a document of its own."""

REVIEW_BYTES = 32 * 1024 * 1024
REVIEW_LISTED = 5_000
"""Documents are shown whole in a review page until their HTML has these bytes: a browser opens that in a few seconds. So
many more get a line, and so many failures are named."""

REVIEW_DOCUMENT_BYTES = 8 * 1024 * 1024
"""Blocks of one document are shown in a review page until their HTML has these bytes, about 10,000 blocks."""

REVIEW_BLOCK_CHARS = 20_000
"""More of one block is not shown in a review page: a text dump on one line can have millions of characters."""

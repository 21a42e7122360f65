"""Site configurations of Full-Text RSS as an extractor for raw pages: one file for each host, XPath in it."""

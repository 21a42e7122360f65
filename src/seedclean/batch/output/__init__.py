"""Where records go: a stream, a file or a directory, with the journal that a later run resumes from."""

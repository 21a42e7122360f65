"""Where records go: file, directory or stream, with the journal that a later run resumes from."""

"""The canonical result for one document: its metadata, its record, and the record's other views.

Face: `metadata.gather`, `assembly.assemble`, `record.Record`, `render`, `explain`.
May import `decisions` and the layers below it.
"""

"""Many files: worker processes, output, journal, resume, progress, and the manifest of a run.

Public face: `run.run(RunOptions)`. May import `pipeline` and the layers below it.
"""

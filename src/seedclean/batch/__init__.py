"""Many files: worker processes, output, journal, resuming, progress, and the manifest of a run.

Face: `options.carry_out`. May import `pipeline` and the layers below it.
"""

"""Parts for other people's pipelines, a module for each program. Each imports that program, and no other module does.

docs/pipelines.md has an example of each.
"""

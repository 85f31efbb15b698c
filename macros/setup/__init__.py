"""A school's first hour: its settings, the guide without the sample, a policy of its own.

In: what a school answers, the project's files. Out: the new files, all of them or none.
Must not know: the command line, MkDocs.
"""

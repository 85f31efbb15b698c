"""One text for several schools: a school's own settings and local clauses laid over a trust's texts.

In: the trust's project, a school's file and its local texts; the review data of several schools. Out: a project of the
school's own, local clauses to look at again, a register over all schools.
Must not know: the command line, MkDocs.
"""

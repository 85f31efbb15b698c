"""The search index that the worker in the browser reads.

In: the guide, phrasings and a thesaurus; its own lists of words. Out: guesses of what clauses are about; the index, in
shards.
Must not know: the files of a project, or how results look.
"""

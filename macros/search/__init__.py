"""The search index that the worker in the browser reads.

In: the guide, phrasings and a thesaurus. Out: the index, in shards.
Must not know: the files that these come from, or how results look.
"""

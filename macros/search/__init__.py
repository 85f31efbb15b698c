"""The search index that the worker in the browser reads.

In: the guide, phrasings, a thesaurus and the home page. Out: the index, in shards, and the questions of the home page.
Must not know: the files that these come from, or how results look.
"""

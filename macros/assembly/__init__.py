"""Pages → Guide: whatever follows from the pages is derived here, once.

In: parsed pages, editions, settings. Out: the guide, its generated pages, and the problems met on the way.
Must not know: rules, HTML, the command line.
"""

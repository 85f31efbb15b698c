"""Pages → Guide: everything that can be derived is derived here, once.

In: parsed pages, editions, settings. Out: the guide, its generated pages, and the problems of making it.
Must not know: rules, HTML, the command line.
"""

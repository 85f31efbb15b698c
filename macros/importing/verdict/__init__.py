"""How far an import can be trusted.

In: the paper as two readings have it, its outline, the word audit. Out: sure, read it through, or cut it yourself,
with reasons. Must not know: how reports and pages are written, the command line.
"""

"""Receipts: who has read which edition of a policy, and what has changed since each person did.

In: the guide, the answers of the school's own form, a list of staff. Out: a report, a spreadsheet, a page to print.
Must not know: how authors write pages, the command line, the clock.
"""

"""Reviews: when they are due, and what governors need for them: register, pack, calendar, spreadsheet, feed.

In: the guide and a day. Out: rows, reports and files.
Must not know: pages, HTML, the clock.
"""

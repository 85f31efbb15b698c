"""What has changed in the law since its pages were last checked.

In: the instruments and the changes feeds of legislation.gov.uk. Out: findings and a report.
Must not know: how law pages are written or edited; only `client` goes to the network.
"""

"""A body's decision becomes a record and an edition. Knows no page but the one that keeps the record."""

"""What measures the guide. No test depends on a figure of it."""

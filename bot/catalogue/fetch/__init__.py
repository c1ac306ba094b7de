"""Fetching schools and offers: from the official API, or from files people download by hand."""

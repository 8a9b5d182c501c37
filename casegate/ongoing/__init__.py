"""Customers that stay screened: registration, hits, re-screening, webhooks."""

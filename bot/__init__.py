"""Samenspraak: families put their question in their own words; their team reads one page."""

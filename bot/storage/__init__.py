"""Keeps what was said, sealed; the only room that knows SQL."""

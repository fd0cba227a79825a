"""Tries a dialogue by itself, for authors: every state, and what a change does to open talks.

Everything here is pure: no channel, no database, no clock. The commands ``explore`` and ``compare``
are on top of it, and so are the tests that try every change at every question.
"""

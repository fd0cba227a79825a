"""Answers become one clear page that a professional can read, keep and carry along."""

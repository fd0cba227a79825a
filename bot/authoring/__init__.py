"""What authors work with: their dialogues tried, drawn, measured, and as they read on paper.

Nothing here is said to a family.
"""

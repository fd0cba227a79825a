"""What people write in files, in Dutch: dialogues, engine words and helplines.

``dutch`` reads all of ``dialogen``; ``forms`` is how small files are read, those of teams too.
"""

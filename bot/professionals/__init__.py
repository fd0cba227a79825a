"""What professionals did, each deed one transaction.

``joining`` is who works at the desk, ``door`` who comes in (``passwords``: with what), ``reading``
what they see, ``work`` what they do with a page, ``notices`` how word of a new page reaches them.
``reception`` is where the conversations of families meet the desk.
"""

"""What can go wrong with what is kept, named by who must act."""


class StorageError(Exception):
    """The operator must act: the message is one clear Dutch line, without anyone's words."""


class Busy(StorageError):
    """Nothing was written and nothing is broken: the same work may succeed later.

    The disk is full, or another process held the database for more than five seconds.
    """


class Damaged(StorageError):
    """These bytes are not what was sealed for this place: this row is lost, the others are not."""

"""The pure core: what a dialogue is, and what happens when someone does something in it.

Nothing in this room knows of Telegram, SQL, files, the clock or the network: values come in,
values go out. Start reading at ``tree`` (what an author wrote), then ``conversation`` (where one
person is), then ``engine`` (what happens next).
"""

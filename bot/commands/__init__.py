"""The commands of ``samenspraak``: one module a command, or a family of commands.

Each has ``add(subparsers)``, which describes it in Dutch, and ``run(args)``, which does it and
gives the exit code: 0 it went well, 1 something is wrong with what was asked about, 2 the one who
typed it must change something first.
"""

"""Tells what kind of sound some bytes are, by how they begin and never by what they are called."""

OGG, WEBM, MP4, WAV, MP3 = "audio/ogg", "audio/webm", "audio/mp4", "audio/wav", "audio/mpeg"

KINDS = (OGG, WEBM, MP4, WAV, MP3)
"""Everything that is taken as a recording; what phones and browsers record is among them."""


def kind_of(content: bytes) -> str | None:
    """One of ``KINDS``, or None when it is no sound that is taken."""
    if content.startswith(b"OggS"):
        return OGG
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if content[4:8] == b"ftyp":
        return MP4
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return WAV
    is_frame = len(content) > 1 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2
    return MP3 if is_frame or content.startswith(b"ID3") else None

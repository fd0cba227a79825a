"""Asks a service of the house's own what is said in a recording.

Its interface (``POST /v1/audio/transcriptions``) is the one that OpenAI made and that self-hosted
ones follow. Off unless the operator sets its address; nothing of what goes there or comes back is
ever logged.
"""

import logging

import httpx
import msgspec

from bot.storage.notes import Recording

log = logging.getLogger(__name__)

PATH = "/v1/audio/transcriptions"

PATIENCE = 60.0
"""Seconds for all of it: later nobody waits for the words any more."""

LONGEST = 64 * 1024
"""Bytes of an answer that are read; five minutes of speech are a tenth of that."""

MODEL = "whisper-1"
"""The name under which self-hosted services offer whatever model they have."""

ENDING = {
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/mpeg": "mp3",
}


class _Answer(msgspec.Struct):
    text: str


class Transcription:
    """The service at ``url``; with or without the path behind it."""

    def __init__(self, url: str, patience: float = PATIENCE) -> None:
        self._url = url if url.endswith(PATH) else url + PATH
        self._patience = patience

    async def words_in(self, recording: Recording, language: str) -> str:
        """What is said, as a computer hears it in ``language``; "" when it cannot be had."""
        name = f"opname.{ENDING.get(recording.mime, 'bin')}"
        timeout = httpx.Timeout(self._patience)
        try:
            async with (
                httpx.AsyncClient(timeout=timeout, follow_redirects=False) as client,
                client.stream(
                    "POST",
                    self._url,
                    files={"file": (name, recording.content, recording.mime)},
                    data={"model": MODEL, "language": language, "response_format": "json"},
                ) as answer,
            ):
                if answer.status_code != httpx.codes.OK:
                    log.warning("the recording is not written out: status %d", answer.status_code)
                    return ""
                return await _text(answer)
        except (httpx.HTTPError, msgspec.DecodeError) as error:
            log.warning("the recording is not written out: %s", type(error).__name__)
            return ""


async def _text(answer: httpx.Response) -> str:
    body = bytearray()
    async for chunk in answer.aiter_bytes():
        body += chunk
        if len(body) > LONGEST:
            log.warning("the recording is not written out: the answer is too long")
            return ""
    return msgspec.json.decode(bytes(body), type=_Answer).text.strip()

/* Lets someone say their answer aloud, and reads our own messages aloud.
 *
 * Recording: what was recorded is put in the file field of a plain form, so that it is sent the same
 * way as a file that was picked. Nothing leaves the page before "send".
 * Reading aloud: only with a voice that is on this device, so that no text goes anywhere.
 */
(() => {
  "use strict";

  const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  const BITS = 32000; // a second of speech in four kilobytes: five minutes stay far below the limit

  /* --- Recording ------------------------------------------------------------------------------ */

  const form = () => document.querySelector("form[data-speak]");
  const part = (name) => form()?.querySelector(`[data-part="${name}"]`);
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  let recorder = null;
  let timer = null;
  let heard = "";

  const canRecord = () =>
    Boolean(navigator.mediaDevices?.getUserMedia && window.MediaRecorder && window.DataTransfer) &&
    KINDS.some((kind) => MediaRecorder.isTypeSupported(kind));

  const stage = (name) => {
    if (!form()) return;
    form().dataset.stage = name;
    for (const each of form().querySelectorAll("[data-in]")) {
      each.hidden = !each.dataset.in.split(" ").includes(name);
    }
  };

  const forget = () => {
    if (heard) URL.revokeObjectURL(heard);
    heard = "";
  };

  const begin = async () => {
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      stage("pick"); // no microphone, or not allowed: a file can still be picked
      return;
    }
    const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
    const pieces = [];
    let seconds = 0;
    recorder = new MediaRecorder(stream, { mimeType: kind, audioBitsPerSecond: BITS });
    recorder.ondataavailable = (event) => pieces.push(event.data);
    recorder.onstop = () => {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
      recorder = null;
      if (form()) ready(new Blob(pieces, { type: kind.split(";")[0] }), Math.max(seconds, 1));
    };
    recorder.start(1000);
    stage("recording");
    const length = part("length");
    length.textContent = clock(0);
    timer = setInterval(() => {
      seconds += 1;
      length.textContent = clock(seconds);
      if (seconds >= Number(form()?.dataset.longest ?? 0)) recorder?.stop();
    }, 1000);
    part("stop").focus();
  };

  const ready = (blob, seconds) => {
    const held = new DataTransfer();
    held.items.add(new File([blob], "opname", { type: blob.type }));
    form().elements.recording.files = held.files;
    form().elements.seconds.value = seconds;
    part("length").textContent = clock(seconds);
    forget();
    heard = URL.createObjectURL(blob);
    part("heard").src = heard;
    stage("recorded");
    part("send").focus();
  };

  const drop = () => {
    forget();
    form().reset();
    stage("ready");
    part("record").focus();
  };

  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-part]")?.dataset.part;
    if (name === "record") begin();
    if (name === "stop") recorder?.stop();
    if (name === "drop") drop();
  });

  /* --- Reading aloud -------------------------------------------------------------------------- */

  const voices = () => window.speechSynthesis?.getVoices() ?? [];
  const voiceFor = (language) =>
    voices().find(
      (voice) => voice.localService && voice.lang.split(/[-_]/)[0] === language.split("-")[0],
    );

  let reading = null;

  const hush = () => {
    window.speechSynthesis?.cancel();
    if (reading) reading.textContent = reading.dataset.read;
    reading = null;
  };

  const readAloud = (button) => {
    const again = reading === button;
    hush();
    if (again) return;
    const entry = button.closest(".entry");
    const voice = voiceFor(entry.lang);
    if (!voice) return;
    reading = button;
    button.textContent = button.dataset.stop;
    const lines = [...entry.querySelectorAll("p")].map((line) => line.textContent.trim());
    for (const words of lines.filter(Boolean)) {
      const said = new SpeechSynthesisUtterance(words);
      said.voice = voice;
      said.lang = voice.lang;
      speechSynthesis.speak(said);
      said.onend = () => {
        if (reading === button && !speechSynthesis.pending) hush();
      };
    }
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read]");
    if (button) readAloud(button);
  });

  /* --- What came ------------------------------------------------------------------------------ */

  const look = () => {
    for (const entry of document.querySelectorAll(".entry.said:not(:has([data-read]))")) {
      if (!voiceFor(entry.lang) || !entry.querySelector("p")) continue;
      entry.append(document.importNode(document.getElementById("aloud").content, true));
    }
    if (form() && !form().dataset.stage) stage(canRecord() ? "ready" : "pick");
    if (!form() && recorder) recorder.stop();
  };

  // Before anything is shown or said: the way out is also the way to silence.
  addEventListener("pagehide", () => {
    hush();
    recorder?.stop();
  });
  document.addEventListener("samenspraak:leave", () => {
    hush();
    recorder?.stop();
  });
  window.speechSynthesis?.addEventListener?.("voiceschanged", look);
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
})();

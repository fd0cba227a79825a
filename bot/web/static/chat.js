/* Makes the chat page live: forms are sent without reloading, and news comes by itself.
 *
 * The page works without this script. Everything shown is made by the server from the same
 * templates and read as a document (XMLHttpRequest's own HTML reader runs no scripts); no text is
 * ever turned into markup here.
 */
(() => {
  "use strict";

  const TALK = "/gesprek";
  const NEWS = "/gesprek/nieuw";
  const PATIENCE = [1000, 2000, 4000, 8000, 15000, 30000];
  const LEAVING = 700; // milliseconds the server gets to clear the chat before we go anyway
  const UPLOAD = 300000; // a recording may take its time on a slow connection
  const ESCAPES = 3;
  const ESCAPE_WITHIN = 3000;

  const byId = (id) => document.getElementById(id);

  const ask = (method, url, body, watch) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open(method, url);
      request.responseType = "document";
      request.timeout = 40000;
      request.onload = () => (request.status < 500 ? resolve(request) : reject(request));
      request.onerror = request.ontimeout = request.onabort = () => reject(request);
      if (watch) watch(request);
      request.send(body);
    });

  /* --- Leaving ------------------------------------------------------------------------------ */

  let away = false;

  const leave = () => {
    if (away) return;
    away = true;
    document.documentElement.classList.add("away");
    document.dispatchEvent(new Event("samenspraak:leave"));
    const to = document.body.dataset.leave || "/leeg";
    const go = () => location.replace(to);
    fetch("/weg", { method: "POST", keepalive: true, redirect: "manual" }).then(go, go);
    setTimeout(go, LEAVING);
  };

  const escapes = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    escapes.push(event.timeStamp);
    if (escapes.length < ESCAPES) return;
    if (event.timeStamp - escapes.shift() < ESCAPE_WITHIN) leave();
  });

  // A page that a browser kept in memory is asked for again: it may be gone by now.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });

  /* --- Sending ------------------------------------------------------------------------------ */

  let sending = false;

  const say = (name) => {
    const notice = byId("notice");
    const words = name ? notice.dataset[name] : "";
    if (notice.textContent !== words) notice.textContent = words;
  };

  // Some time, or until the connection is back.
  const rest = (milliseconds) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        removeEventListener("online", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      addEventListener("online", done);
    });

  // The same form, with the same number, until it arrives: the server counts it once.
  const send = async (form, button) => {
    const fields = new FormData(form, button);
    const spoken = form.enctype === "multipart/form-data";
    const body = spoken ? fields : new URLSearchParams(fields);
    body.set("na", byId("log").dataset.last);
    sending = true;
    document.body.classList.add("busy");
    const written = form.id === "write";
    if (written) form.elements.words.readOnly = true;
    for (let tries = 0; !away; tries++) {
      try {
        const answer = await ask("POST", form.action, body, (request) => {
          if (spoken) request.timeout = UPLOAD;
        });
        if (spoken) delete form.dataset.stage;
        show(answer, { asked: true, written });
        break;
      } catch {
        say("offline");
        await rest(PATIENCE[Math.min(tries, PATIENCE.length - 1)]);
      }
    }
    sending = false;
    document.body.classList.remove("busy");
  };

  const begin = async (form, button) => {
    if (sending) return;
    sending = true;
    try {
      const answer = await ask("POST", form.action, new URLSearchParams(new FormData(form, button)));
      if (answer.status < 400) location.replace(answer.responseURL);
      else form.submit();
    } catch {
      sending = false;
      form.submit();
    }
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const { exit, live, begin: begins } = form.dataset;
    if (exit === undefined && live === undefined && begins === undefined) return;
    event.preventDefault();
    if (exit !== undefined) return leave();
    if (begins !== undefined) return begin(form, event.submitter);
    if (sending) return;
    if (form.id === "write") {
      const words = form.elements.words.value;
      if (!words.trim()) return;
      if (words.trim().length > Number(form.dataset.longest)) return say("tooLong");
    }
    const file = form.elements.recording?.files[0];
    if (file && file.size > Number(form.dataset.largest)) return say("tooBig");
    send(form, event.submitter);
  });

  /* --- Showing ------------------------------------------------------------------------------ */

  const last = () => Number(byId("log").dataset.last);

  const show = (answer, { asked = false, written = false } = {}) => {
    const page = answer.response;
    if (page === null || away) return;
    const theirs = page.getElementById("log");
    if (theirs === null) {
      // The answer to what is being sent now says better where to go.
      if (!asked && sending) return;
      away = true;
      location.replace(answer.responseURL.includes(NEWS) ? TALK : answer.responseURL);
      return;
    }
    const turned = page.body.dataset.turn !== document.body.dataset.turn;
    const spoken = page.documentElement.lang !== document.documentElement.lang;
    const follows = asked || isAtEnd();
    const came = showLog(theirs);
    // Under what a professional wrote stands a button to write back.
    const offered = keysIn(page) !== keysIn(document);
    if (asked || turned || spoken || offered) showControls(page, written);
    document.body.dataset.turn = page.body.dataset.turn;
    document.documentElement.lang = page.documentElement.lang;
    document.documentElement.dir = page.documentElement.dir;
    say(page.getElementById("notice").textContent && asked ? "tooLong" : "");
    if (came.length && follows) readOn(came, asked && turned);
  };

  const keysIn = (page) => page.querySelectorAll("#keys button").length;

  // Whoever reads further up is left there when something comes by itself.
  const isAtEnd = () => document.documentElement.scrollHeight - innerHeight - scrollY < 240;

  const showLog = (theirs) => {
    const log = byId("log");
    for (const entry of log.querySelectorAll(".entry")) {
      if (Number(entry.dataset.id) < Number(theirs.dataset.first)) entry.remove();
    }
    for (const id of theirs.dataset.passed.split(" ").filter(Boolean)) {
      log.querySelector(`.entry[data-id="${id}"]`)?.remove();
    }
    const newer = [...theirs.querySelectorAll(".entry")].filter(
      (entry) => Number(entry.dataset.id) > last(),
    );
    if (newer.length) byId("nu")?.removeAttribute("id");
    const came = newer.map((entry) => document.importNode(entry, true));
    for (const entry of came) entry.classList.add("new");
    log.append(...came);
    log.dataset.first = theirs.dataset.first;
    log.dataset.last = Math.max(last(), Number(theirs.dataset.last));
    return came;
  };

  // What is being recorded, or was and is not sent yet, stays while it still can be.
  const keepsRecording = (page) => {
    const ours = byId("speak").querySelector("form")?.dataset.stage;
    return Boolean(page.querySelector("#speak form")) && ["recording", "recorded"].includes(ours);
  };

  const showControls = (page, written) => {
    const focused = document.activeElement;
    const { name, value } = focused;
    const unsent = written ? "" : byId("write").elements.words.value;
    const writing = focused === byId("write").elements.words;
    for (const id of ["bar", "keys", "keep", "write", "speak"]) {
      if (id === "speak" && keepsRecording(page)) continue;
      byId(id).replaceWith(document.importNode(page.getElementById(id), true));
    }
    const field = byId("write").elements.words;
    if (unsent) field.value = unsent;
    grow(field);
    showCopy();
    if (writing) field.focus({ preventScroll: true });
    else if (name) {
      const again = [...document.querySelectorAll(`button[name="${name}"]`)];
      again.find((button) => button.value === value)?.focus({ preventScroll: true });
    }
  };

  // What is new comes into view from its beginning; then the question gets the focus.
  const readOn = (came, focus) => {
    const question = came.filter((entry) => "asks" in entry.dataset).at(-1);
    if (focus && question) question.focus({ preventScroll: true });
    scrollOn(byId("nu") ?? came[0]);
  };

  const scrollOn = (first) => {
    const bar = document.querySelector(".top").getBoundingClientRect().height + 12;
    const top = scrollY + first.getBoundingClientRect().top - bar;
    const end = document.documentElement.scrollHeight - innerHeight;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: Math.min(top, end), behavior: calm ? "auto" : "smooth" });
  };

  /* --- Writing and copying -------------------------------------------------------------------- */

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!(field instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    field.form.requestSubmit();
  });

  const grow = (field) => {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  };

  document.addEventListener("input", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    grow(event.target);
    const longest = Number(event.target.form.dataset.longest);
    say(event.target.value.length > longest ? "tooLong" : "");
  });

  const showCopy = () => {
    if (!navigator.clipboard) return;
    for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  };

  const showPrint = () => {
    for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  };

  // Another language of the first page takes its place: one way back leads out of here.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-replace]");
    if (!link) return;
    event.preventDefault();
    location.replace(link.href);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
  });

  /* --- News ----------------------------------------------------------------------------------- */

  let asking = null;

  const listen = async () => {
    let tries = 0;
    while (!document.hidden && !away && byId("log")) {
      try {
        const url = `${NEWS}?na=${last()}`;
        const answer = await ask("GET", url, null, (request) => (asking = request));
        if (answer.status !== 204) show(answer);
        tries = answer.status < 300 ? 0 : tries + 1;
        if (tries) await rest(PATIENCE[Math.min(tries, PATIENCE.length) - 1]);
      } catch {
        if (document.hidden) break;
        await rest(PATIENCE[Math.min(tries++, PATIENCE.length - 1)]);
      }
    }
    asking = null;
  };

  showCopy();
  showPrint();
  if (byId("log")) {
    if (byId("nu")) scrollOn(byId("nu"));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) asking?.abort();
      else if (!asking) listen();
    });
    listen();
  }
})();

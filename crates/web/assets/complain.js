// A complaint written without a line: kept in this browser, sent once when the line is back, erased with one tap.
// Without this file, or without IndexedDB, the form simply posts. All words come from data-text-* attributes.
"use strict";
(() => {
  const self = document.currentScript;
  const text = (name) => self.dataset["text" + name] ?? "";
  const $ = (selector, root = document) => root.querySelector(selector);

  // --- The drawer: one record for each complaint, by its command id --------------------------
  const drawer = () => new Promise((open, fail) => {
    const asked = indexedDB.open("onewindow-complaints", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { keyPath: "command" });
    asked.onsuccess = () => open(asked.result);
    asked.onerror = () => fail(asked.error);
  });
  const inDrawer = async (mode, work) => {
    const base = await drawer();
    try {
      return await new Promise((done, fail) => {
        const asked = work(base.transaction("kept", mode).objectStore("kept"));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => fail(asked.error);
      });
    } finally { base.close(); }
  };
  const all = () => inDrawer("readonly", (kept) => kept.getAll());
  const put = (one) => inDrawer("readwrite", (kept) => kept.put(one));
  const erase = (command) => inDrawer("readwrite", (kept) => kept.delete(command));

  const lineIsUp = async () => {
    try {
      const answer = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(8000) });
      return answer.ok && new URL(answer.url).origin === location.origin;
    } catch { return false; }
  };

  // --- Keeping: what was typed, never the session's token ------------------------------------
  const today = () => new Date(Date.now() + 5 * 3600_000).toISOString().slice(0, 10); // in Pakistan
  const keep = async (form) => {
    const fields = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrf", "command_id"].includes(name));
    fields.push(["written_on", today()]);
    // A page from the browser's own store may carry a command that was used before: each kept complaint has its own.
    const command = crypto.randomUUID();
    await put({ command, action: new URL(form.action).pathname, fields, state: "waiting" });
  };

  // --- Sending: once, whoever asks; the server knows a command it has carried out ------------
  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  let resting = 0; // until when the office asked to wait
  const send = async (one) => {
    const page = await fetch("/complain/new", { cache: "no-store" });
    const token = $('input[name="csrf"]', parse(await page.text()))?.value;
    if (!page.ok || !token) return;
    const body = new URLSearchParams([["csrf", token], ["command_id", one.command], ...one.fields]);
    const answer = await fetch(one.action, { method: "POST", body });
    const said = parse(await answer.text());
    const code = $("[data-code]", said)?.textContent.trim();
    const secret = $("[data-secret]", said)?.textContent.trim();
    // What was typed goes as soon as it has arrived; the two numbers stay until they are erased.
    if (answer.ok && answer.redirected) await put({ command: one.command, state: "sent", code, secret, to: new URL(answer.url).pathname });
    else if (answer.status === 429) resting = Date.now() + 1000 * (Number(answer.headers.get("retry-after")) || 60);
    else if (answer.status >= 400 && answer.status < 500) await put({ ...one, state: "refused" });
  };
  const sendAll = () => {
    const work = async () => {
      const waiting = (await all()).filter((one) => one.state === "waiting");
      if (!waiting.length || Date.now() < resting || !(await lineIsUp())) return;
      for (const one of waiting) {
        try { await send(one); } catch { return; } // the line dropped again: later
        if (Date.now() < resting) return;
      }
    };
    // Two open pages do not send at the same time.
    return navigator.locks ? navigator.locks.request("onewindow-complaints", work) : work();
  };

  // --- Showing -------------------------------------------------------------------------------
  const make = (tag, words, attributes = {}) => {
    const node = document.createElement(tag);
    if (words) node.textContent = words;
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    return node;
  };
  const card = (one) => {
    const words = { waiting: "One", sent: "Sent", refused: "Again" }[one.state];
    const box = make("section", "", { class: "notice kept-complaint", role: "status" });
    const inside = make("div");
    inside.append(make("p", text(words)));
    if (one.state === "sent" && one.code) {
      const numbers = make("p");
      numbers.append(make("bdi", one.code, { class: "ltr code" }), " ", make("bdi", one.secret ?? "", { class: "ltr code" }));
      inside.append(numbers);
    }
    const actions = make("div", "", { class: "actions" });
    if (one.state === "refused") {
      const open = make("button", text("Open"), { type: "button", class: "button is-quiet" });
      open.addEventListener("click", () => reopen(one));
      actions.append(open);
    }
    const gone = make("button", text("Erase"), { type: "button", class: "button is-quiet" });
    gone.addEventListener("click", async () => { await erase(one.command); show(); });
    actions.append(gone);
    inside.append(actions);
    box.append(inside);
    return box;
  };
  const show = async () => {
    const kept = await all();
    let place = $("[data-kept-complaints]");
    if (!place && kept.length) {
      place = make("div", "", { "data-kept-complaints": "" });
      $("main")?.prepend(place);
    }
    place?.replaceChildren(...kept.map(card));
  };
  // What the office asked about comes back into its form, to be sent again by hand.
  const reopen = (one) => {
    if (location.pathname !== one.action) { location.href = `${one.action}#kept`; return; }
    const form = $("form[data-later]");
    for (const [name, value] of one.fields) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "radio") field.checked = field.value === value; else field.value = value;
      }
    }
    for (const more of form.querySelectorAll("details")) more.open = true;
    erase(one.command).then(show);
    form.querySelector("input:not([type=hidden])")?.focus();
  };

  // --- The form ------------------------------------------------------------------------------
  const offer = (form) => {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.going) { delete form.dataset.going; return; }
      event.preventDefault();
      if ("checking" in form.dataset) return; // a second press
      form.dataset.checking = "";
      const up = await lineIsUp();
      delete form.dataset.checking;
      if (up) { form.dataset.going = "1"; return form.requestSubmit(event.submitter); }
      await keep(form);
      form.reset();
      await show();
      $("[data-kept-complaints]")?.scrollIntoView();
    });
  };

  const start = async () => {
    // A shared computer keeps nothing.
    if (!("indexedDB" in window) || document.documentElement.hasAttribute("data-kiosk")) return;
    try { await all(); } catch { return; }
    const form = $("form[data-later]");
    if (form) offer(form);
    await show();
    const refused = (await all()).find((one) => one.state === "refused");
    if (location.hash === "#kept" && refused && form) reopen(refused);
    const again = async () => { await sendAll(); await show(); };
    window.addEventListener("online", again);
    // A browser does not always notice that the line is back: an open page looks while something waits.
    setInterval(async () => {
      if (!document.hidden && (await all()).some((one) => one.state === "waiting")) await again();
    }, 5000);
    await again();
  };
  start();
})();

// What the pages gain with a script. Every page works without this file.
// All words come from data-text-* attributes, so they are translated where they are written.
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const KEPT = "kept:"; // values typed into a data-keep form, until its post has gone through
  const SENT = "sent:"; // the form's post is on its way; whether it arrived is decided on the next page
  const DIGITS = "0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩";
  const $ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const box = (() => { try { return window.sessionStorage; } catch { return null; } })();

  const say = (form, name) => {
    const text = form.dataset["text" + name];
    if (!text) return;
    let place = document.querySelector("[data-status]");
    if (!place) {
      place = document.createElement("div");
      place.className = "page-status";
      place.setAttribute("role", "status");
      form.prepend(place);
    }
    place.textContent = text;
  };

  // --- Answers survive a dropped line -------------------------------------------------------
  const remember = (form) => {
    const values = [...new FormData(form)].filter(([name, value]) => name !== "csrf" && typeof value === "string"
      && form.querySelector(`[name="${CSS.escape(name)}"][type=password]`) === null);
    try { box?.setItem(KEPT + form.dataset.keep, JSON.stringify(values)); } catch { /* full: the form still works */ }
  };
  const restore = (form) => {
    const kept = box?.getItem(KEPT + form.dataset.keep);
    if (!kept || "answered" in form.dataset) return;
    const values = JSON.parse(kept);
    for (const field of form.elements) {
      if (!field.name || field.name === "csrf" || ["file", "password", "submit", "button"].includes(field.type)) continue;
      const mine = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") field.checked = mine.includes(field.value);
      // The hidden command id comes back too: the server knows a post it has already carried out.
      else if (mine.length) field.value = mine[0];
    }
    say(form, "Restored");
  };
  // A post went through when the server answered it with a redirect to a page that is not the sign-in. One whose
  // command the server had carried out before, with other answers, is spent: kept, it would come back for ever.
  // An office that was busy took nothing: what was typed is kept, and goes when the form on its page has gone through.
  const settle = () => {
    const again = document.querySelector("form[data-unsent]");
    if (again) {
      const waiting = Object.keys(box ?? {}).filter((key) => key.startsWith(SENT));
      for (const key of waiting) box.removeItem(key);
      again.addEventListener("submit", () => { for (const key of waiting) box.setItem(key, "1"); });
      return;
    }
    const visit = performance.getEntriesByType("navigation")[0];
    const through = visit && visit.redirectCount > 0 && !document.querySelector("input[type=password]");
    const done = through || document.querySelector("[data-spent]");
    for (const key of Object.keys(box ?? {})) {
      if (!key.startsWith(SENT)) continue;
      if (done) box.removeItem(KEPT + key.slice(SENT.length));
      box.removeItem(key);
    }
  };
  const lineIsUp = async () => {
    try {
      await fetch(document.querySelector("script[src*='enhance.js']").src, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(8000) });
      return true;
    } catch { return false; }
  };
  const busy = (form, on) => {
    form.toggleAttribute("data-busy", on);
    for (const button of $("button:not([type=button])", form)) {
      if (on) button.setAttribute("aria-disabled", "true"); else button.removeAttribute("aria-disabled");
    }
  };
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if ("forget" in form.dataset) box?.clear();
    if (form.dataset.go) { delete form.dataset.go; return; } // checked below: let the browser send it
    if ("busy" in form.dataset) return event.preventDefault(); // a second press
    busy(form, true);
    if (!form.dataset.keep) return;
    event.preventDefault();
    const by = event.submitter;
    remember(form);
    say(form, "Busy");
    if (!(await lineIsUp())) { busy(form, false); return say(form, "Dropped"); }
    box?.setItem(SENT + form.dataset.keep, "1");
    form.dataset.go = "1";
    form.requestSubmit(by);
  });
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      const form = event.target.form;
      if (form?.dataset.keep) remember(form);
    });
  }

  // --- The locked screen ----------------------------------------------------------------------
  // What was typed and not sent goes along to the server, which keeps it for this officer; nothing stays in the browser.
  const lock = document.querySelector("form[data-lock]");
  const cover = () => document.documentElement.classList.add("is-covered");
  const TOUCHED = "touched"; // shared by all windows of this browser: one that is used keeps the others open
  const touch = () => { try { localStorage.setItem(TOUCHED, String(Date.now())); } catch { /* this window alone, then */ } };
  const untouched = () => { try { return Date.now() - Number(localStorage.getItem(TOUCHED) ?? Date.now()); } catch { return 0; } };
  lock?.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    cover();
    while (!(await lineIsUp())) await new Promise((soon) => setTimeout(soon, 3000));
    const drafts = Object.fromEntries(Object.keys(box ?? {}).filter((key) => key.startsWith(KEPT)).map((key) => [key, box.getItem(key)]));
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "draft", value: JSON.stringify(drafts) });
    lock.append(field);
    box?.clear();
    lock.submit();
  });
  if (lock) {
    touch();
    let last = 0;
    for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) {
      window.addEventListener(kind, () => { if (Date.now() - last > 5000) { last = Date.now(); touch(); } }, { passive: true });
    }
    const idle = setInterval(() => {
      if (untouched() < Number(lock.dataset.lock) * 60_000) return;
      clearInterval(idle);
      lock.requestSubmit();
    }, 10_000);
  }
  const giveBack = (form) => {
    try {
      for (const [key, value] of Object.entries(JSON.parse(form.dataset.restore))) if (key.startsWith(KEPT)) box?.setItem(key, value);
    } catch { return; }
    form.requestSubmit();
  };

  // --- Keys ---------------------------------------------------------------------------------
  const typing = (node) => node?.matches?.("textarea, select, input:not([type=radio], [type=checkbox])") || node?.isContentEditable;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const at = document.activeElement;
    if (typing(at)) return;
    const search = document.querySelector("[data-search]");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); return; }
    const form = document.querySelector("form[data-keys]");
    if (!form) return;
    const digit = event.key.length === 1 ? DIGITS.indexOf(event.key) % 10 : -1;
    const choice = $("fieldset.question :is([type=radio], [type=checkbox])", form)[digit - 1];
    if (digit > 0 && choice) { event.preventDefault(); choice.click(); choice.focus(); return; }
    // Nothing focused: Enter presses the form's first button, as it would from inside a field.
    if (event.key === "Enter" && (at === document.body || at?.id === "main")) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button:not([type=button])"));
    }
  });

  // --- Possible duplicates beside the form, while somebody types ------------------------------
  // The check step shows the same cards without a script; here they come a moment after the last key.
  const asked = new WeakMap();
  const askSimilar = async (form) => {
    const place = form.querySelector("[data-similar-place]");
    if (!place || !form.elements.given?.value.trim()) return;
    const mine = {}; // a later question makes an earlier answer void
    asked.set(form, mine);
    try {
      const body = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
      const answer = await fetch(form.dataset.similar, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(8000) });
      if (!answer.ok || asked.get(form) !== mine) return;
      const html = (await answer.text()).trim();
      if (place.dataset.shown !== html) { place.dataset.shown = html; place.innerHTML = html; }
    } catch { /* the check step asks again */ }
  };
  const waiting = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.similar) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => askSimilar(form), 600));
  });

  // --- A password as it is typed ----------------------------------------------------------------
  // Shown only while somebody wants to see it, and hidden again before it is sent.
  for (const input of $("input[data-text-show]")) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button is-plain is-small show-typed", textContent: input.dataset.textShow });
    const show = (on) => { input.type = on ? "text" : "password"; button.setAttribute("aria-pressed", String(on)); };
    show(false);
    button.setAttribute("aria-controls", input.id);
    button.addEventListener("click", () => { show(input.type === "password"); input.focus(); });
    input.form?.addEventListener("submit", () => show(false));
    window.addEventListener("pagehide", () => show(false));
    input.after(button);
  }
  // How strong it is: the server's own rules, asked a moment after the last key.
  for (const input of $("input[data-strength]")) {
    const place = document.getElementById("new-strength");
    let soon = 0;
    input.addEventListener("input", () => {
      clearTimeout(soon);
      if (!input.value) { place.textContent = ""; return; }
      soon = setTimeout(async () => {
        const typed = input.value;
        const { csrf, command_id: command } = input.form.elements;
        const body = new URLSearchParams({ csrf: csrf.value, command_id: command.value, new: typed });
        try {
          const answer = await fetch(input.dataset.strength, { method: "POST", body, redirect: "error", signal: AbortSignal.timeout(8000) });
          if (answer.ok && input.value === typed) place.textContent = await answer.text();
        } catch { /* it is said when the form is sent */ }
      }, 500);
    });
  }

  // --- Small things -------------------------------------------------------------------------
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-autosubmit]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  // A page with a quick exit leaves no trace in the way back: every link on it takes its place in the history.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || !document.querySelector("[data-leave]") || event.button || event.ctrlKey || event.metaKey) return;
    if (new URL(link.href).origin !== window.location.origin) return;
    event.preventDefault();
    window.location.replace(link.href);
  });
  const narrow = window.matchMedia("(max-width: 63.99em)");
  const foldPanel = () => { for (const panel of $("[data-panel]")) panel.open = !narrow.matches; };
  narrow.addEventListener("change", foldPanel);

  const start = () => {
    settle();
    foldPanel();
    for (const button of $("[data-print]")) button.hidden = false;
    for (const form of $("form[data-keep]")) restore(form);
    const left = $("form[data-restore]");
    if (left.length) giveBack(left[left.length - 1]);
    document.querySelector("[data-focus]")?.focus();
    if ("printNow" in document.body.dataset) window.print();
  };
  start(); // the file is loaded with `defer`: the page is there
  // Coming back to a page the browser had put aside: its command id is spent if the post went through.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    const spent = $("form[data-keep][data-busy]").some((form) => !box?.getItem(KEPT + form.dataset.keep));
    if (spent) return window.location.reload();
    for (const form of $("form[data-busy]")) busy(form, false);
  });
})();

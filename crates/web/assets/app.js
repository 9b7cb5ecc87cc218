// What makes the public pages an app in the hand: kept for days without a line, and receipts saved by choice.
// Every page works without this file. All words come from data-text-* attributes.
"use strict";
(() => {
  const lang = document.documentElement.lang;
  const worker = navigator.serviceWorker;
  const SAVED = "saved-receipts";

  // --- A newer release ----------------------------------------------------------------------
  // The browser may drop a page that is asked for in the instant in which one worker follows the other. So the newer one is let
  // in when nobody has touched this page for a while and the older one has nothing to do; what is pressed meanwhile is pressed
  // again after it, but the way out of a private page is never held.
  const QUIET = 5000;
  let touched = Date.now();
  let held = null;
  const hold = (event) => {
    touched = Date.now();
    if (!held || !event.isTrusted || event.target.closest?.("[data-leave]") || (event.type === "click" && !event.target.closest?.("a[href], button, summary"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.again = () => event.type === "submit" ? event.target.requestSubmit(event.submitter) : event.target.click();
  };
  for (const kind of ["click", "submit"]) document.addEventListener(kind, hold, true);
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) document.addEventListener(kind, () => { touched = Date.now(); }, { capture: true, passive: true });
  const soon = (wait, act) => new Promise((done) => { setTimeout(done, wait); act?.(done); });
  let letting = false;
  const letIn = async (registration) => {
    const coming = () => registration.installing ?? registration.waiting;
    if (letting || !coming() || !worker.controller) return;
    letting = true;
    const leaving = () => { touched = Date.now() + 60_000; }; // a page that is being left lets nobody in
    window.addEventListener("beforeunload", leaving);
    window.addEventListener("pageshow", () => { touched = Date.now(); });
    while (Date.now() - touched < QUIET) await soon(QUIET - (Date.now() - touched));
    const { port1, port2 } = new MessageChannel();
    await soon(30_000, (done) => { port1.onmessage = done; worker.controller.postMessage({ free: true }, [port2]); });
    letting = false;
    if (Date.now() - touched < QUIET) return letIn(registration);
    window.removeEventListener("beforeunload", leaving);
    held = {};
    await soon(3000, (done) => {
      worker.addEventListener("controllerchange", done, { once: true });
      coming()?.postMessage({ take: true });
    });
    const { again } = held;
    held = null;
    if (again) return again();
    if (!navigator.connection?.saveData) worker.controller.postMessage({ keep: lang });
  };

  // --- Without a line -----------------------------------------------------------------------
  // Registered once the page stands, so that the first page costs nothing more than itself.
  const keep = async () => {
    // Not waited for: while a newer worker is coming in, a registration stands in line behind it.
    worker.register("/sw.js").catch(() => {});
    const registration = await worker.ready;
    registration.addEventListener("updatefound", () => letIn(registration));
    letIn(registration);
    if (navigator.connection?.saveData) return; // asked to be sparing: only what is opened is kept
    registration.active?.postMessage({ keep: lang });
    registration.update().catch(() => {});
  };
  if (worker) window.addEventListener("load", () => setTimeout(() => keep().catch(() => {}), 3000));

  // --- Receipts on this phone ---------------------------------------------------------------
  const box = (() => { try { return window.localStorage; } catch { return null; } })();
  const saved = () => { try { return JSON.parse(box?.getItem(SAVED) ?? "[]"); } catch { return []; } };
  const write = (list) => { if (list.length) box?.setItem(SAVED, JSON.stringify(list)); else box?.removeItem(SAVED); };
  for (const place of document.querySelectorAll("[data-save-receipt]")) {
    if (!box) continue;
    place.hidden = false;
    const code = place.dataset.saveReceipt;
    const show = () => {
      const is = saved().some((one) => one.code === code);
      place.querySelector("[data-save]").hidden = is;
      place.querySelector("[data-saved]").hidden = !is;
    };
    place.querySelector("[data-save] button").addEventListener("click", () => {
      const lines = [...document.querySelectorAll("main [data-save-line]")].map((line) => line.innerText.trim());
      write([{ code, lines, on: place.dataset.on }, ...saved().filter((one) => one.code !== code)]);
      show();
    });
    place.querySelector("[data-erase]").addEventListener("click", () => {
      write(saved().filter((one) => one.code !== code));
      show();
    });
    show();
  }
  const list = document.querySelector("[data-saved-receipts]");
  if (list) {
    const draw = () => {
      list.replaceChildren(...saved().map((one) => {
        const item = document.getElementById("saved-receipt").content.cloneNode(true);
        item.querySelector("[data-code]").textContent = one.code;
        item.querySelector("[data-link]").href = "/track/" + one.code.replace(/\W/g, "");
        item.querySelector("[data-on]").textContent = one.on ?? "";
        item.querySelector("[data-lines]").replaceChildren(...one.lines.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
        return item;
      }));
      document.querySelector("[data-none]").hidden = saved().length > 0;
      document.querySelector("[data-erase-all]").hidden = saved().length === 0;
    };
    document.querySelector("[data-erase-all]").addEventListener("click", () => { write([]); draw(); });
    draw();
  }
})();

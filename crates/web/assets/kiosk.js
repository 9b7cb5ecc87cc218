// The free computer of a centre: a minute without a touch ends the session and forgets everything.
// Without this file the page itself leads to the end after two minutes.
"use strict";
(() => {
  const SILENCE = 60_000; // as the page at /kiosk says
  const WARN = 15_000;
  let last = Date.now();
  const box = document.createElement("p");
  box.className = "kiosk-warning no-print";
  box.setAttribute("role", "alert");
  const end = () => window.location.replace("/kiosk/end");
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart", "input"]) {
    window.addEventListener(kind, () => { last = Date.now(); box.remove(); }, { passive: true });
  }
  setInterval(() => {
    const left = SILENCE - (Date.now() - last);
    if (left <= 0) return end();
    const words = document.body.dataset.kioskWarning;
    if (left <= WARN && words && !box.isConnected) { box.textContent = words; document.body.append(box); }
  }, 1000);
  // A page that the browser had put aside belongs to whoever sat here before.
  window.addEventListener("pageshow", (event) => { if (event.persisted) end(); });
  // What an earlier visit without the kiosk may have left on this machine.
  try { window.localStorage.clear(); window.sessionStorage.clear(); } catch { /* no storage, nothing to clear */ }
  navigator.serviceWorker?.getRegistrations().then((all) => all.forEach((one) => one.unregister())).catch(() => {});
  window.caches?.keys().then((names) => names.forEach((name) => window.caches.delete(name))).catch(() => {});
})();

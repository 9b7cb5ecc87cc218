// What makes the public pages an app in the hand: kept for days without a line, and receipts saved by choice.
// Every page works without this file. All words come from data-text-* attributes.
"use strict";
(() => {
  const lang = document.documentElement.lang;
  const worker = navigator.serviceWorker;
  const SAVED = "saved-receipts";

  // --- Without a line -----------------------------------------------------------------------
  // Registered once the page stands, so that the first page costs nothing more than itself.
  const keep = async () => {
    const registration = await worker.register("/sw.js");
    const ready = await worker.ready;
    if (navigator.connection?.saveData) return; // asked to be sparing: only what is opened is kept
    ready.active?.postMessage({ keep: lang });
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

// The pages without a line. What was fetched is kept by language; the check is answered by the server's own code,
// compiled for the browser (crates/offline). The first word is always the network's; nothing personal is kept.
"use strict";
const VERSION = "{{ version }}";
const STATIC = "static-" + VERSION;
const PAGES = "pages-" + VERSION; // pages and data of one release; an older one's go when this one stands
const WAIT = 6000; // a line that does not answer for so long is no line
const READING = 20_000; // a policy that is not read after so long is not waited for: the kept page is given
const PATIENCE = 120_000; // a newer release that no page lets in comes in by itself
const META = "/offline/meta";
const MEMORY = "/offline/memory"; // what the check's memory is once it has read the policy
const ASSETS = ["/assets/style.css", "/assets/enhance.js", "/assets/app.js", "/assets/complain.js", "/assets/sites.js", "/assets/icons.svg", "/assets/mark.svg"];

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await (await caches.open(STATIC)).addAll(ASSETS);
    if (self.registration.active) await Promise.race([letIn, pause(PATIENCE)]);
    await self.skipWaiting();
  })());
});
// What the older release kept stays in use until this one has kept its own: a line may drop in between.
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
// A newer worker stays in its installation until a page that nobody touches lets it in (app.js). Once it is installed, the
// browser stops the older one as soon as that has nothing to do, and a page asked for in that instant is never answered: so
// that instant is short, the older worker is idle in it, and nobody presses anything.
const pause = (wait) => new Promise((later) => setTimeout(later, wait));
let takeOver;
const letIn = new Promise((yes) => { takeOver = yes; });
let keeping = Promise.resolve();
const free = async () => { await keeping; await engine?.catch(() => {}); await remembered; };
self.addEventListener("message", (event) => {
  const { keep: lang, take, free: asked } = event.data ?? {};
  if (lang) event.waitUntil(keeping = keeping.then(() => keep(lang)).catch(() => {}));
  if (take) takeOver();
  if (asked) event.waitUntil(free().then(() => event.ports[0]?.postMessage(VERSION)));
});

// --- Keeping --------------------------------------------------------------------------------
// What was kept, by this release or, until this one has kept its own, by the one before.
const find = async (key) => (await (await caches.open(PAGES)).match(key)) ?? caches.match(key);
const about = async () => (await find(META))?.json();
const keyed = (path, lang) => path + (path.includes("?") ? "&" : "?") + "lang=" + lang;
// Fetches what this language needs: the list comes from the server with a mark that changes when anything does.
const keep = async (lang) => {
  const list = await (await fetch(keyed("/offline/list", lang), { cache: "no-store", credentials: "omit" })).json();
  const cache = await caches.open(PAGES);
  const before = await (await cache.match(META))?.json();
  if (before?.mark === list.mark && before.lang === lang) return tidy();
  for (const path of list.pages) {
    const answer = await fetch(keyed(path, lang), { credentials: "omit" }); // without cookies: nothing chosen meanwhile is undone
    if (answer.ok) await cache.put(keyed(path, lang), answer);
  }
  await cache.delete(MEMORY);
  for (const path of list.files) {
    const answer = await fetch(path);
    if (answer.ok) await cache.put(path, answer);
  }
  await cache.put(META, new Response(JSON.stringify({ ...list, lang })));
  // The policy is read now, while there is time, and not when the line is gone and somebody waits.
  engine = list.files.length ? start() : null;
  engine?.catch(() => { engine = null; });
  await tidy();
};
// What an older release kept goes, unless a newer one is coming in, whose things must stay.
const tidy = async () => {
  if (self.registration.installing || self.registration.waiting) return;
  for (const name of await caches.keys()) if (name !== STATIC && name !== PAGES) await caches.delete(name);
};

// --- The check, answered here ---------------------------------------------------------------
// A slow phone reads the policy for seconds. The module's memory after that is kept beside it, and the next start takes it
// over: the module has no state outside its memory, and no answer of anybody was ever in that one.
let engine = null;
let remembered = Promise.resolve();
const whole = async () => {
  for (const name of [PAGES, ...(await caches.keys())]) {
    const cache = await caches.open(name);
    if (await cache.match(META)) return cache;
  }
  throw new Error("not kept");
};
// Packed, it takes a fifth of the room; where the browser cannot pack, it is kept as it is.
const PACKED = "application/gzip";
const packed = async (bytes) => {
  if (!("CompressionStream" in self)) return new Response(bytes);
  const small = await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();
  return new Response(small, { headers: { "content-type": PACKED } });
};
const unpacked = (kept) => kept.headers.get("content-type") === PACKED
  ? new Response(kept.body.pipeThrough(new DecompressionStream("gzip")))
  : kept;
const start = async () => {
  const cache = await whole();
  const [code, pack, kept] = await Promise.all(["/offline/check.wasm", "/offline/pack.json", MEMORY].map((path) => cache.match(path)));
  if (!code || !pack) throw new Error("not kept");
  const { instance } = await WebAssembly.instantiateStreaming(code, {});
  const { memory, window_room: room, window_answer: answer, window_at: at } = instance.exports;
  const ask = (bytes) => {
    const place = room(bytes.length);
    new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
    const length = answer();
    return JSON.parse(new TextDecoder().decode(new Uint8Array(memory.buffer, at(), length)));
  };
  if (kept) {
    const bytes = new Uint8Array(await unpacked(kept).arrayBuffer());
    const more = bytes.length - memory.buffer.byteLength;
    if (more > 0) memory.grow(more / 65_536);
    new Uint8Array(memory.buffer).set(bytes);
  } else {
    const loaded = ask(new Uint8Array(await pack.arrayBuffer()));
    if (loaded.fault) throw new Error(loaded.fault);
    // Nobody who asks waits for it; a phone without room for it reads the policy again next time.
    remembered = packed(memory.buffer.slice(0)).then((kept) => cache.put(MEMORY, kept)).catch(() => {});
  }
  return (request) => ask(new TextEncoder().encode(JSON.stringify(request)));
};
// Today in Pakistan, whose clocks are five hours ahead all year.
const today = () => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);
const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};
const check = async (body, lang) => {
  const meta = await about();
  engine ??= start();
  let ask;
  try { ask = await engine; } catch (error) { engine = null; throw error; }
  const page = ask({ ask: "page", body, lang, today: today(), offline: meta.words });
  if (page.fault) throw new Error(page.fault);
  return new Response(page.html, { status: page.status, headers: HEADERS });
};

// --- Answering ------------------------------------------------------------------------------
const inTime = (promise, wait = WAIT) => Promise.race([promise, new Promise((_, no) => setTimeout(() => no(new Error("too late")), wait))]);
const language = async (url) => url.searchParams.get("lang") ?? (await about())?.lang ?? "en";
// A kept page says how old it is, where the page keeps its status.
const old = async (path, lang) => {
  const kept = (await find(keyed(path, lang))) ?? (await find(keyed("/offline", lang)));
  const meta = await about();
  if (!kept || !meta) throw new Error("not kept");
  const html = (await kept.text()).replace(/(<div class="page-status" role="status" data-status>)/, (place) => place + escape(meta.words));
  return new Response(html, { status: 200, headers: HEADERS });
};
const escape = (text) => text.replace(/[&<>"]/g, (one) => "&#" + one.charCodeAt(0) + ";");

const navigate = async (event, url) => {
  const request = event.request;
  const checking = url.pathname === "/check";
  // Read before it is sent: what a line took and dropped half-way cannot always be read afterwards.
  const body = checking && request.method === "POST" ? await request.clone().text() : "";
  try {
    return await inTime(fetch(request));
  } catch (error) {
    const lang = await language(url);
    if (checking) return inTime(check(body, lang), READING).catch(() => old("/check", lang));
    if (request.method !== "GET") throw error; // a form that must reach the server is not pretended to be sent
    return old(url.pathname, lang);
  }
};
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (url.origin !== self.location.origin || url.pathname.startsWith("/kiosk")) return;
  if (event.request.mode === "navigate") {
    event.respondWith(navigate(event, url).catch(() => Response.error()));
  } else if (event.request.method === "GET" && url.pathname.startsWith("/assets/")) {
    // Styles and drawings: what this release brought, else the network, which is kept for the next time.
    event.respondWith((async () => {
      const kept = await (await caches.open(STATIC)).match(url.pathname);
      if (kept) return kept;
      const answer = await fetch(event.request).catch(() => caches.match(url.pathname));
      if (answer?.ok) await (await caches.open(STATIC)).put(url.pathname, answer.clone());
      return answer ?? Response.error();
    })());
  }
});

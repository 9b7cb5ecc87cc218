// Checking oneself without a name: at home on a phone, with the code to the desk; without a line; at a kiosk.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, combinations, fitsWidth, openBrowser, quiet, shot, speaks } from './harness.mjs';
import { office, timed } from './parts/office.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { proxy } from './parts/proxy.mjs';
import { film, readQr } from './parts/qr.mjs';

let browser;
before(async () => { browser = await openBrowser(); });
after(() => browser?.close());

const MEMBERS = {
  m1_age: '34', m1_sex: 'female', m1_marital: 'widowed', m1_relation: 'head',
  m2_age: '8', m2_sex: 'female', m2_marital: 'never_married', m2_relation: 'child',
  m3_months: '20', m3_sex: 'male', m3_marital: 'never_married', m3_relation: 'child',
};

const looker = (name, lang, narrow) => async ({ page }, what) => {
  await speaks(page, lang);
  quiet(page);
  if (narrow) await fitsWidth(page);
  await axe(page);
  await shot(page, `check-${name}-${what}`);
};

/** From the first page to the paper; three questions answered, some skipped. Gives back the code, as a camera reads it. */
async function checkAtHome(person, look) {
  await person.go('/check');
  await look(person, 'home');
  await person.fill({ size: '3', district: 'nowshera', province_permanent: 'khyber-pakhtunkhwa' });
  await person.press('check-go-on');
  await look(person, 'members');
  await person.fill(MEMBERS);
  await person.press('check-to-questions');
  await look(person, 'question');
  for (let n = 0; n < 6; n += 1) {
    const yes = person.page.locator('main input[name="answer"][value="yes"]');
    const number = person.page.locator('main input#answer[inputmode="decimal"]');
    if (await yes.count()) await yes.check();
    else if (await number.count()) await number.fill('1');
    else { await person.press('check-skip'); continue; }
    await person.press('check-next');
  }
  await person.press('check-see-results');
  await look(person, 'results');
  const text = await person.page.locator('main').innerText();
  assert.doesNotMatch(text, /refused/i);
  await person.press('check-to-paper');
  await look(person, 'paper');
  const code = (await person.page.locator('#carried-code').textContent()).replace(/\s/g, '');
  assert.equal(await readQr(person.page, 'figure.qr svg'), code, 'the square holds what stands beside it');
  return code;
}

/** The desk reads the code and registers the family; nothing is asked twice. */
async function atTheDesk(clerk, code, look, { camera, photograph }) {
  await clerk.go('/desk');
  await clerk.fill({ counter: 'women', topic: 'help', language: clerk.w.lang });
  await clerk.press('token-issue-button');
  const token = new URL(clerk.page.url()).searchParams.get('token');
  const link = clerk.page.getByRole('link', { name: clerk.w.whole('token-number', { number: token }) });
  await clerk.turn(() => clerk.page.getByRole('row').filter({ has: link }).getByRole('link').first().click(), 200);
  await clerk.press('visit-call');
  await clerk.follow('carried-title');
  await look(clerk, 'carry');
  await clerk.fill({ code: 'this is no code of answers at all' });
  await clerk.press('carried-read', { status: 422 });
  await look(clerk, 'carry-wrong');
  const nothing = { name: 'code.png', mimeType: 'image/png', buffer: await clerk.page.locator('h1').screenshot() };
  await clerk.page.setInputFiles('input[name="picture"]', nothing);
  await clerk.fill({ code: '' });
  await clerk.press('carried-read', { status: 422 });
  await look(clerk, 'carry-no-code');
  if (camera) {
    // What stands before the camera is a film of the family's screen; this browser has no reader of codes of its own, so
    // the server looks at the pictures.
    assert.equal(await clerk.page.evaluate(() => 'BarcodeDetector' in window), false, 'the reader in the browser was not tried');
    await clerk.turn(() => clerk.button('carried-camera').click(), 200);
  } else if (photograph) {
    await clerk.page.setInputFiles('input[name="picture"]', { name: 'code.png', mimeType: 'image/png', buffer: photograph });
    await clerk.press('carried-read');
  } else {
    await clerk.fill({ code });
    await clerk.press('carried-read');
  }
  await look(clerk, 'confirm');
  assert.equal(await clerk.page.inputValue('#about'), '34', 'the age is filled in');
  assert.ok(await clerk.page.locator('input[name="answer"]:checked').count() >= 2, 'the answers are there');
  await clerk.fill({ given: 'Amina Bibi', m1_given: 'Zainab', m2_given: 'Hamza', read_out: 'yes' });
  const answer = await clerk.press('carried-save', { status: null });
  if (answer.status() === 422) {
    await clerk.fill({ read_out: 'yes' });
    await clerk.press('carried-save');
  }
  assert.match(clerk.path(), /\/household$/);
  await look(clerk, 'household');
  assert.equal(await clerk.page.locator('.member').count(), 3, 'three members are on file');
  assert.match(await clerk.page.locator('.panel-counts').innerText(), /[1-9]/, 'the verdicts stand beside them');
}

for (const { lang, narrow } of [{ lang: 'en', narrow: true }, { lang: 'ur', narrow: true }, { lang: 'ur', narrow: false }]) {
  const width = narrow ? 'phone' : 'desktop';
  test(`checked at home, carried to the desk (${lang}, ${width})`, async (t) => {
    const server = await office(t, combinations()[0]);
    if (!server) return;
    const how = { lang, narrow };
    const look = looker(`${lang}-${width}`, lang, narrow);
    await timed(`check to desk (${lang}, ${width})`, async () => {
      const person = await visitor(browser, server, { ...how, script: narrow });
      const code = await checkAtHome(person, look);
      assert.match(code, /^OW[0-9A-Z]{40,600}$/);
      const camera = narrow && lang === 'en';
      const clerk = await officer(camera ? await filmed(person, t) : browser, server, 'clerk', { lang });
      // One family is filmed, one sends a photograph of its paper, one has its code typed.
      const photograph = narrow && lang === 'ur' ? await person.page.locator('figure.qr').screenshot() : null;
      await atTheDesk(clerk, code, looker(`${lang}-${width}-desk`, lang, false), { camera, photograph });
      await person.close();
      await clerk.close();
    });
    assert.doesNotMatch(server.output(), /OW[0-9A-Z]{40}/, 'no answers in the log');
  });
}

/** A browser before whose camera the family holds its phone. */
async function filmed(person, t) {
  const folder = mkdtempSync(join(tmpdir(), 'onewindow-film-'));
  t.after(() => rmSync(folder, { recursive: true }));
  await film(person.page, 'figure.qr svg', join(folder, 'code.y4m'));
  const desk = await openBrowser([
    '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${join(folder, 'code.y4m')}`,
  ]);
  t.after(() => desk.close());
  return desk;
}

test('without a line the check goes on, with the same pages', async (t) => {
  if (!existsSync(new URL('../crates/web/assets/made/check.wasm', import.meta.url))) {
    return t.skip('the module of the check is not made here (cargo xtask assets)');
  }
  const server = await office(t, combinations()[0]);
  if (!server) return;
  const person = await visitor(browser, server, { lang: 'ur', narrow: true });
  await person.go('/check');
  const meta = () => person.page.evaluate(async () => (await caches.match('/offline/meta'))?.json());
  let kept;
  for (let tries = 0; tries < 240 && !kept; tries += 1) {
    await person.page.waitForTimeout(250);
    kept = await meta();
  }
  assert.ok(kept, 'the phone has kept what it needs');
  const size = await person.page.evaluate(async () => {
    let sum = 0;
    for (const name of await caches.keys()) {
      for (const answer of await (await caches.open(name)).matchAll()) sum += (await answer.arrayBuffer()).byteLength;
    }
    return sum;
  });
  console.log(`a phone keeps ${Math.round(size / 1000)} kB: ${kept.pages.length} pages and the check`);
  await slowed(server);
  await server.kill();
  const look = looker('ur-offline', 'ur', true);
  const complained = person.page.complaints;
  const code = await checkAtHome(person, async (who, what) => { complained.length = 0; await look(who, what); });
  assert.match(code, /^OW/);
  assert.match(await person.page.locator('main').innerText(), /2026|2027/, 'it says how old its data are');
  await person.go('/');
  assert.ok((await person.page.locator('main [data-status]').innerText()).length > 10, 'a kept page says so too');
  await person.close();
});

test('a new release arrives without losing answers, even when the line drops', async (t) => {
  if (!existsSync(new URL('../crates/web/assets/made/check.wasm', import.meta.url))) {
    return t.skip('the module of the check is not made here (cargo xtask assets)');
  }
  const server = await office(t, combinations()[0]);
  if (!server) return;
  const line = await proxy(server.public);
  t.after(() => line.close());
  const person = await visitor(browser, line, { lang: 'en', narrow: true });
  await keptAs(person, (kept) => kept['pages-one']);
  line.release = 'two';
  await person.page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await keptAs(person, (kept) => 'static-two' in kept);
  await inCharge(person, 'two');
  line.up = false;
  await person.go('/check');
  await person.fill({ size: '2', district: 'nowshera' });
  await person.press('check-go-on');
  await person.fill({ m1_age: '34', m1_sex: 'female' });
  line.up = true;
  await person.press('check-to-questions');
  assert.equal(await person.page.locator('#question-text').count(), 1, 'the check goes on where it was');
  await keptAs(person, (kept) => kept['pages-two'] && !('pages-one' in kept));
  await person.close();
});

/** How long the policy is read on a phone four times slower than this machine: printed, never asserted. */
async function slowed(server) {
  const context = await browser.newContext();
  const page = await context.newPage();
  // A page of this site without its security policy, so that the module may be started where the processor can be slowed.
  await page.route('**/blank', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>blank</title>' }));
  await page.goto(`${server.public}/blank`);
  const cdp = await context.newCDPSession(page);
  for (const rate of [1, 4]) {
    await cdp.send('Emulation.setCPUThrottlingRate', { rate });
    const took = await page.evaluate(async () => {
      const bytes = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
      const [code, pack] = [await bytes('/offline/check.wasm'), await bytes('/offline/pack.json')];
      const marks = [performance.now()];
      const mark = () => marks.push(performance.now());
      const { instance: { exports: one } } = await WebAssembly.instantiate(code, {});
      mark();
      // Asked first: making room may move the memory.
      const place = one.window_room(pack.length);
      new Uint8Array(one.memory.buffer, place, pack.length).set(pack);
      one.window_answer();
      mark();
      const memory = new Uint8Array(one.memory.buffer.slice(0));
      mark();
      const { instance: { exports: other } } = await WebAssembly.instantiate(code, {});
      other.memory.grow(Math.max(0, (memory.length - other.memory.buffer.byteLength) / 65_536));
      new Uint8Array(other.memory.buffer).set(memory);
      mark();
      const [compiled, read, , again] = marks.slice(1).map((at, n) => Math.round(at - marks[n]));
      return { compiled, read, again, memory: memory.length };
    });
    console.log(`processor slowed ${rate}x: the module is compiled in ${took.compiled} ms, the policy read in ${took.read} ms; `
      + `started again with the kept memory (${Math.round(took.memory / 1e6)} MB) in ${took.again} ms`);
  }
  await context.close();
}

/** Waits until the worker of a release answers for this page; it is let in when nobody has touched the page for a while. */
async function inCharge(person, release) {
  const asked = () => person.page.evaluate(() => new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    setTimeout(done, 1000);
    navigator.serviceWorker.controller?.postMessage({ free: true }, [port2]);
  }));
  for (let tries = 0; tries < 120; tries += 1) {
    if (await asked() === release) return;
    await person.page.waitForTimeout(250);
  }
  assert.fail(`release ${release} is not in charge`);
}

/** Waits until what the phone keeps is so; by cache, whether everything of it is there. */
async function keptAs(person, wanted) {
  const look = () => person.page.evaluate(async () => {
    const all = await Promise.all((await caches.keys()).map(async (name) => [name, Boolean(await (await caches.open(name)).match('/offline/meta'))]));
    return Object.fromEntries(all);
  });
  for (let tries = 0; tries < 240; tries += 1) {
    if (wanted(await look())) return;
    await person.page.waitForTimeout(250);
  }
  assert.fail(`the phone keeps ${JSON.stringify(await look())}`);
}

test('a kiosk wipes itself', async (t) => {
  const server = await office(t, combinations()[0]);
  if (!server) return;
  const person = await visitor(browser, server, { lang: 'ur' });
  await person.page.clock.install();
  await person.go('/kiosk');
  const look = looker('kiosk', 'ur', false);
  await look(person, 'start');
  const code = await checkAtHome(person, async () => {});
  await look(person, 'paper');
  assert.ok(await person.page.evaluate(() => localStorage.length + sessionStorage.length) === 0, 'nothing is stored');
  assert.equal(await person.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
  const gone = person.page.waitForURL('**/kiosk/end');
  await person.page.clock.fastForward(61_000);
  await gone;
  await look(person, 'end');
  await person.page.goBack().catch(() => {});
  await person.page.waitForTimeout(1500);
  await person.page.waitForLoadState();
  assert.doesNotMatch(await person.page.content(), new RegExp(code.slice(0, 30)), 'going back shows nothing');
  await person.close();
});

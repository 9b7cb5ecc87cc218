import { axe, fitsWidth, openBrowser, quiet, shot, speaks, startOnewindow } from './harness.mjs';
import { officer, visitor } from './parts/officer.mjs';
import { intake, pass } from './parts/story.mjs';
const browser = await openBrowser(); const server = await startOnewindow();
const [only] = process.argv.slice(2);
const look = async ({ page }, name, lang) => {
  for (const check of [() => speaks(page, lang), () => quiet(page), () => axe(page), () => fitsWidth(page)]) {
    try { await check(); } catch (error) { console.log(`  !! ${name}: ${error.message.slice(0, 900)}`); page.complaints.length = 0; }
  }
  await shot(page, `dev2-${name}`);
};
let visit;
if (only !== 'beside') ({ visit } = await intake(browser, server, { lang: 'ur', look: pass }));
const v = (p) => `${visit}/${p}`;
const B = { clerk: ['/people', '/password', ...(visit ? ['household','consent','place','members/new','questions','answers','programmes','package','papers','papers/missing','apply','receipt'].map(v) : [])], manager: ['/insights'], token: ['/desk'],
  welfare: ['/applications', '/applications?tab=family', '/applications?tab=decided'], admin: ['/officers'], auditor: ['/access/reads', '/access/journal'] };
for (const how of only === 'beside' ? [{ lang: 'ps', narrow: true, script: false }, { lang: 'en' }] : [{ lang: 'ur', narrow: true }]) {
  for (const [login, paths] of Object.entries(B)) {
    const who = await officer(browser, server, login, how);
    for (const path of paths) { console.log(how.lang, path); try { await who.go(path); } catch (e) { console.log(' !!', e.message); } await look(who, `${how.lang}-${how.narrow ? 320 : 1280}${path.replace(/[0-9a-f-]{36}/, '').replace(/\W+/g, '-')}`, how.lang); }
    if (login === 'admin') { await who.turn(() => who.page.locator('main tbody a').first().click(), 200); await look(who, `${how.lang}-officer`, how.lang); }
    await who.close();
  }
  const p = await visitor(browser, server, how);
  for (const path of ['/', '/bring', '/centres', '/track']) { await p.go(path); console.log(how.lang, path); await look(p, `${how.lang}-public${path.replace('/', '-')}`, how.lang); }
  await p.close();
}
await browser.close(); await server.stop();

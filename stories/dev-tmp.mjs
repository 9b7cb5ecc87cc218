import { axe, fitsWidth, openBrowser, quiet, shot, speaks, startOnewindow, freshPostgres } from './harness.mjs';
import { wholeStory } from './parts/story.mjs';
const [lang, db, mode] = process.argv.slice(2);
const browser = await openBrowser();
const server = await startOnewindow(db === 'postgres' ? { db: await freshPostgres() } : {});
const t0 = performance.now(); let spent = 0;
const look = async ({ page }, name, language = lang) => {
  const b = performance.now();
  console.log(`${((b - t0) / 1000).toFixed(1)} ${name} ${new URL(page.url()).pathname.replace(/[0-9a-f-]{36}/g, '*')}`);
  for (const check of [() => speaks(page, language), () => quiet(page), () => axe(page), () => fitsWidth(page)]) {
    try { await check(); } catch (error) { console.log(`  !! ${name}: ${error.message.slice(0, 900)}`); page.complaints.length = 0; }
  }
  await shot(page, `dev-${lang}-${mode ?? 'wide'}-${name}`);
  spent += performance.now() - b;
};
const how = mode === 'narrow' ? { narrow: true, script: false } : mode === 'phone' ? { narrow: true } : {};
try { await wholeStory(browser, server, { lang, look, how }); } catch (e) { console.log(e); console.log(server.output().split('\n').slice(-15).join('\n')); }
console.log(`all ${((performance.now() - t0) / 1000).toFixed(1)} s, of it checks ${(spent / 1000).toFixed(1)} s`);
await browser.close(); await server.stop();

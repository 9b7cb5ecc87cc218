// The pages that the terminal writes: what a change of policy does, and a score against a survey. Each in every language,
// narrow and wide, without a script: they have none.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { axe, fitsWidth, openBrowser, openPage, quiet, shot, speaks } from './harness.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const HOUSEHOLDS = 400;
let browser;
let dir;

before(async () => {
  browser = await openBrowser();
  dir = mkdtempSync(join(tmpdir(), 'onewindow-reports-'));
  survey();
  const tables = ['--households', 'h.csv', '--persons', 'p.csv', '--mapping', 'm.toml'];
  await onewindow('snapshot', ...tables, '--out', 's');
});
after(async () => {
  await browser?.close();
  if (dir) rmSync(dir, { recursive: true, force: true });
});

/** Starts the program in the folder of the reports. */
async function onewindow(command, ...words) {
  const binary = process.env.ONEWINDOW_BIN;
  assert.ok(binary, 'ONEWINDOW_BIN is not set. Run the stories through: cargo xtask test --only stories');
  const all = [...command.split(' '), '--policy', join(top, 'programmes/pk'), ...words];
  return promisify(execFile)(binary, all, { cwd: dir, maxBuffer: 1 << 24 });
}

/** Families as a survey of invented people would tell them; the same ones every time. */
function survey() {
  let state = 7;
  const random = (below) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const districts = ['nowshera', 'swat', 'lower-dir', 'tank'];
  const households = ['hh,district,refrigerator,television,nser_2021,pae,w'];
  const persons = ['hh,person,birth,sex,relationship_to_head,marital_status,has_disability_certificate'];
  for (let id = 1000; id < 1000 + HOUSEHOLDS; id += 1) {
    const wealth = random(100);
    const known = (value) => (random(20) === 0 ? '' : value);
    const owns = () => (random(100) < wealth ? 'yes' : 'no');
    const score = Math.max(0, Math.min(100, wealth + random(21) - 10));
    households.push([id, districts[random(4)], known(owns()), known(owns()), known(score), 1500 + wealth * 60, 10 + random(90)].join());
    for (let at = 0; at < 2 + random(5); at += 1) {
      const place = ['head', 'spouse'][at] ?? 'child';
      const sex = at === 0 ? ['male', 'female'][Number(random(6) === 0)] : ['female', 'male'][random(2)];
      const born = at < 2 ? 1960 + random(40) : 2006 + random(20);
      const marital = at < 2 ? ['married', 'widowed'][Number(random(8) === 0)] : 'never_married';
      persons.push([id, `${id}-${at}`, born, sex, place, marital, random(30) === 0 ? 'yes' : 'no'].join());
    }
  }
  writeFileSync(join(dir, 'h.csv'), `${households.join('\n')}\n`);
  writeFileSync(join(dir, 'p.csv'), `${persons.join('\n')}\n`);
  writeFileSync(join(dir, 'm.toml'), `day = "2026-06-30"
members_complete = true
[households]
id = "hh"
[persons]
household = "hh"
id = "person"
[scores.nser_2021]
column = "nser_2021"
[person.birth]
column = "birth"
as = "year"
[survey.consumption_per_adult_equivalent]
column = "pae"
[survey.weight]
column = "w"
`);
}

/** Opens a written page in one language as a reader would, narrow and wide. */
async function read(lang, name, folder) {
  for (const narrow of [true, false]) {
    const page = await openPage(browser, { lang, narrow, script: false });
    await page.goto(pathToFileURL(join(dir, folder, 'report.html')).href);
    await fitsWidth(page);
    await speaks(page, lang);
    quiet(page);
    await axe(page);
    await shot(page, `report-${name}-${lang}-${narrow ? 320 : 1280}`);
    const charts = await page.locator('figure svg[role=img]').count();
    const tables = await page.locator('table').count();
    assert.ok(charts > 0 && tables >= charts, `${charts} charts, ${tables} tables`);
    await page.context().close();
  }
}

for (const lang of ['en', 'ur', 'ps']) {
  test(`what a change of policy does (${lang})`, async () => {
    const folder = `change-${lang}`;
    const limits = ['--budget', 'bisp-kafaalat=500000', '--quota', 'bisp-kafaalat:swat=3', '--seed', 'board'];
    await onewindow('simulate', '--snapshot', 's', '--cut-off', 'bisp-kafaalat/route/woman=25', ...limits, '--lang', lang, '--out', folder);
    await read(lang, 'change', folder);
    const counts = readFileSync(join(dir, folder, 'flows.csv'), 'utf8').trim().split('\n').slice(1).flatMap((line) => line.split(',').slice(3));
    assert.deepEqual(counts.filter((count) => Number(count) % 5 !== 0), [], 'counts that leave the centre are rounded');
  });

  test(`a score against a survey (${lang})`, async () => {
    const folder = `score-${lang}`;
    await onewindow('score check', '--snapshot', 's', '--score', 'nser_2021', '--line', '4000', '--cut-off', '32', '--lang', lang, '--out', folder);
    await read(lang, 'score', folder);
  });
}

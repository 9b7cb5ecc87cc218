// The real binary, started for one story and gone after it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

// The program looks for the programmes where it is started: at the top of the workspace.
const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const running = new Set();
// However the story ends, no server outlives it.
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

/**
 * Starts a small demo office. `db` is the address of a PostgreSQL database, or nothing for SQLite; `args` go to the
 * binary as they are. Gives back:
 *   office, public  addresses of the two listeners
 *   dir             its folder
 *   output()        all it has printed: who can sign in, and its log
 *   kill()          SIGKILL, as a power cut would
 *   stop()          asks it to end, and removes the folder
 */
export async function startOnewindow(wishes = {}) {
  return process.env.ONEWINDOW_AT ? runningElsewhere(process.env.ONEWINDOW_AT) : start(wishes);
}

/** A demo that somebody else started, such as the installed package: `ONEWINDOW_AT="OFFICE PUBLIC LOG"`. */
async function runningElsewhere(at) {
  const [office, open, log] = at.split(' ');
  const server = {
    office: `http://${office}`,
    public: `http://${open}`,
    output: () => readFileSync(log, 'utf8'),
    stop: async () => {},
  };
  await healthy([server.office, server.public], () => true, 180);
  return server;
}

async function start({ db, args = [], binary = process.env.ONEWINDOW_BIN, within = 180 } = {}) {
  assert.ok(binary, 'ONEWINDOW_BIN is not set. Run the stories through: cargo xtask test --only stories');
  const dir = mkdtempSync(join(tmpdir(), 'onewindow-story-'));
  const [office, open] = [await freePort(), await freePort()].map((port) => `127.0.0.1:${port}`);
  const words = ['demo', '--small', '--dir', dir, '--office', office, '--public', open];
  if (db) words.push('--db', db);
  const child = spawn(binary, [...words, ...args], { cwd: top, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { said += text; });
  const gone = new Promise((done) => {
    child.on('error', (error) => { said += `\n${error.message}\n`; done(); });
    child.on('exit', () => done());
  }).then(() => running.delete(child));
  const end = async (signal) => {
    if (running.has(child)) child.kill(signal);
    const late = pause(5_000, 'late', { ref: false });
    if ((await Promise.race([gone, late])) === 'late') child.kill('SIGKILL');
    await gone;
  };
  const server = {
    office: `http://${office}`,
    public: `http://${open}`,
    dir,
    output: () => said,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
  try {
    await healthy([server.office, server.public], () => running.has(child), within);
  } catch (error) {
    await server.stop();
    throw new Error(`onewindow ${words.join(' ')}: ${error.message}\n${said.split('\n').slice(-40).join('\n')}`);
  }
  return server;
}

async function healthy(addresses, alive, seconds) {
  const until = Date.now() + seconds * 1000;
  for (const address of addresses) {
    while (!(await answers(`${address}/health`))) {
      if (!alive()) throw new Error('it ended before it answered.');
      if (Date.now() > until) throw new Error(`${address}/health did not answer within ${seconds} seconds.`);
      await pause(100);
    }
  }
}

async function answers(address) {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false;
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Asks the module every question that comes on the standard input, and compares its answer with the server's, byte for
// byte by their hashes. Usage: agree.mjs MODULE < lines of "question TAB hash".

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { gzipSync } from 'node:zlib';

const module = await WebAssembly.compile(readFileSync(process.argv[2]));
const instance = async () => (await WebAssembly.instantiate(module, {})).exports;
let exports = await instance();
let [asked, differ, spent] = [0, 0, 0];
const ask = (bytes) => {
  const place = exports.window_room(bytes.length); // the memory may grow and move while room is made
  new Uint8Array(exports.memory.buffer, place, bytes.length).set(bytes);
  const length = exports.window_answer();
  return Buffer.from(new Uint8Array(exports.memory.buffer, exports.window_at(), length));
};
// As a phone starts the second time: the memory of the instance that read the policy is taken over by a fresh one.
const takeOver = async () => {
  const kept = new Uint8Array(exports.memory.buffer.slice(0));
  const begun = performance.now();
  exports = await instance();
  const more = kept.length - exports.memory.buffer.byteLength;
  if (more > 0) exports.memory.grow(more / 65_536);
  new Uint8Array(exports.memory.buffer).set(kept);
  return `${(performance.now() - begun).toFixed(1)} ms with ${(kept.length / 1e6).toFixed(1)} MB of memory, ${(gzipSync(kept).length / 1e6).toFixed(1)} MB packed`;
};
for await (const line of createInterface({ input: process.stdin })) {
  const cut = line.lastIndexOf('\t');
  const bytes = Buffer.from(line.slice(0, cut));
  const begun = performance.now();
  const said = ask(bytes);
  const took = performance.now() - begun;
  asked += 1;
  if (asked === 1) console.log(`the policy is read in ${took.toFixed(0)} ms; taken over in ${await takeOver()}`);
  else spent += took;
  if (createHash('sha256').update(said).digest('hex') === line.slice(cut + 1)) continue;
  differ += 1;
  if (differ <= 3) console.log(`differs at question ${asked}: ${line.slice(0, 400)}\n  the module says ${said.toString().slice(0, 400)}`);
}
console.log(`${asked} questions asked of the module, ${differ} answered otherwise; ${(spent / (asked - 1)).toFixed(1)} ms each`);
if (asked < 2 || differ > 0) process.exit(1);

// Asks the module every question that comes on the standard input, and compares its answer with the server's, byte for
// byte by their hashes. Usage: agree.mjs MODULE < lines of "question TAB hash".

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const { instance } = await WebAssembly.instantiate(readFileSync(process.argv[2]), {});
const { memory, window_room: room, window_answer: answer, window_at: at } = instance.exports;
let [asked, differ, spent] = [0, 0, 0];
for await (const line of createInterface({ input: process.stdin })) {
  const cut = line.lastIndexOf('\t');
  const bytes = Buffer.from(line.slice(0, cut));
  const begun = performance.now();
  const place = room(bytes.length); // the memory may grow and move while room is made
  new Uint8Array(memory.buffer, place, bytes.length).set(bytes);
  const length = answer();
  const said = Buffer.from(new Uint8Array(memory.buffer, at(), length));
  spent += performance.now() - begun;
  asked += 1;
  if (createHash('sha256').update(said).digest('hex') === line.slice(cut + 1)) continue;
  differ += 1;
  if (differ <= 3) console.log(`differs at question ${asked}: ${line.slice(0, 400)}\n  the module says ${said.toString().slice(0, 400)}`);
}
console.log(`${asked} questions asked of the module, ${differ} answered otherwise; ${(spent / asked).toFixed(1)} ms each`);
if (asked < 2 || differ > 0) process.exit(1);

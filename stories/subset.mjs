// Makes the Naskh font that Pashto pages fetch small enough for a first visit on a slow line: the letters of Pashto, Urdu,
// Arabic and Persian with their joining forms and marks, and nothing else. Usage: subset.mjs FROM.woff2 TO.woff2

import { readFileSync, writeFileSync } from 'node:fs';
import subsetFont from 'subset-font';

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => String.fromCodePoint(from + n)).join('');
const letters = 'ټپچځڅډړږژښګڼۍېئٹڈڑکگنںوؤهھہۀۂةۃیےۓىيكآأإٱءٮ';
const kept = [
  range(0x0621, 0x063a), range(0x0641, 0x064a), letters, // the alphabet, and what our languages add to it
  range(0x064b, 0x0655), 'ٰ', // marks over and under letters
  range(0x0660, 0x0669), range(0x06f0, 0x06f9), // figures
  '،؛؟٪٫٬۔ـ\u0020\u00a0\u200c\u200d\u200e\u200f',
].join('');

const [from, to] = process.argv.slice(2);
const made = await subsetFont(readFileSync(from), kept, { targetFormat: 'woff2' });
writeFileSync(to, made);
console.log(`${to.split('/').at(-1)}: ${(made.length / 1000).toFixed(1)} kB`);

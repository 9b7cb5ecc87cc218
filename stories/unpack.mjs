// Unpacks a font for the typesetter of letters, which reads no packed ones. Usage: unpack.mjs FROM.woff2 TO.ttf

import { readFileSync, writeFileSync } from 'node:fs';
import fontverter from 'fontverter';

const [from, to] = process.argv.slice(2);
const made = await fontverter.convert(readFileSync(from), 'sfnt');
writeFileSync(to, made);
console.log(`${to.split('/').at(-1)}: ${(made.length / 1000).toFixed(1)} kB`);

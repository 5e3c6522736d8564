// Bundles one TypeScript file and runs it: node scripts/run-ts.mjs FILE [arguments]
import { pathToFileURL } from 'node:url';
import { bundleTs } from './bundle-ts.mjs';

const [file, ...rest] = process.argv.slice(2);
const outfile = await bundleTs(file);
process.argv = [process.argv[0], outfile, ...rest];
await import(pathToFileURL(outfile).href);

#!/usr/bin/env node
import { verifyFiles } from './verify-files.js';

// The verifier alone: this folder needs nothing but Node.
const [, , first, ...rest] = process.argv;
process.exitCode = await verifyFiles(first === 'verify' ? rest : process.argv.slice(2), (line) => void process.stdout.write(`${line}\n`));

import { register } from 'node:module';

// For `node --import`: the module at MUTANT_URL is loaded from the file MUTANT_FILE.
register('./mutant-hooks.js', import.meta.url, { data: { url: process.env['MUTANT_URL'], file: process.env['MUTANT_FILE'] } });

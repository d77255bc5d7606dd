import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

export default defineConfig({
  root,
  base: '/console/',
  // The program answers below it while `npm run console:dev` serves the console's files.
  server: { proxy: { '^/(auth|analytics|audit|operations|health)(/|$)': process.env.CONSOLE_API ?? 'http://127.0.0.1:8000' } },
  build: {
    outDir: resolve(root, '../dist/console'),
    emptyOutDir: true,
    target: 'es2022',
    // A picture or a font inside of a style sheet would need data: addresses, which the page may not open.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
});

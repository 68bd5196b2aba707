import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Where a running `dondoc serve` listens; only for developing. */
const server = process.env['DONDOC_URL'] ?? 'http://127.0.0.1:7878';

// Tests read days where the readers sit: under UTC a wrong day would not be noticed. Wanted before a test's worker starts.
process.env['TZ'] = 'Asia/Ho_Chi_Minh';

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $lib: fileURLToPath(new URL('src/lib', import.meta.url)) } },
  build: {
    target: 'es2022',
    modulePreload: false,
    assetsInlineLimit: 0,
    // One script and one sheet of fixed names: the same sources give the same bytes, and the binary that
    // embeds them tells changed ones by their digest.
    rolldownOptions: {
      output: {
        codeSplitting: false,
        entryFileNames: 'a/[name].js',
        assetFileNames: 'a/[name][extname]',
      },
    },
  },
  server: { proxy: { '/api': server } },
  preview: { proxy: { '/api': server } },
});

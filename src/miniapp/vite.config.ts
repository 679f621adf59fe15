import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** Everything that is served stands in files of its own, so the page runs under `script-src 'self'; style-src 'self'`. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/app/',
  plugins: [preact({ devToolsEnabled: false })],
  build: {
    outDir: '../../dist/miniapp',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** The server that `npm run dev` shows; AKITA_SERVER as the daemon takes it. */
const server = process.env.AKITA_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    // The server's content security policy lets images come from data: URLs but
    // nothing else, so no asset is inlined.
    assetsInlineLimit: 0,
    // Code is split by page: what a page needs stays one small file of its own.
    modulePreload: { polyfill: false },
  },
  server: {
    // The middleware's version comes from where it is said.
    fs: { allow: ['.', '../python/akita-django/src'] },
    proxy: {
      '/api': server,
      '/download': server,
      '/simple': server,
    },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'node',
  },
})

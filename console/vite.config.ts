import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

/** The server that `npm run dev` forwards requests to. The daemon uses the same variable. */
const server = process.env.AKITA_SERVER ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [react()],
  build: {
    // The server's content security policy allows data: URLs only for images, so
    // assets must not be inlined.
    assetsInlineLimit: 0,
    // Browsers without module preload load the same files later.
    modulePreload: { polyfill: false },
  },
  server: {
    // The middleware's version is imported from the Python package.
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

import { defineConfig } from '@playwright/test'

const junit = process.env.JUNIT

export default defineConfig({
  testMatch: '*.spec.ts',
  // The test of the guide installs the requirements of the app, which takes long.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env.CI === 'true',
  workers: 1,
  reporter: junit === undefined ? [['list']] : [['list'], ['junit', { outputFile: junit }]],
  use: {
    viewport: { width: 1280, height: 800 },
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    permissions: ['clipboard-read', 'clipboard-write'],
    trace: 'retain-on-failure',
    launchOptions: {
      // Chromium from Debian; nothing is downloaded.
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox', // the tests may run as root, in a container
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})

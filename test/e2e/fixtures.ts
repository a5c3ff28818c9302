import { mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { test as base } from '@playwright/test'
import { collectErrors } from './parts/pageErrors.ts'
import { Sandbox } from './parts/sandbox.ts'

interface Fixtures {
  /** Runs the processes of the test, and stops them at its end. */
  sandbox: Sandbox
  /** The errors of the page so far. The test fails at its end if there are any. */
  pageErrors: string[]
  /** Takes a screenshot of the page, in a file with a number and this name. Each spec has a folder. */
  takeScreenshot: (name: string) => Promise<void>
}

const screenshots = join(import.meta.dirname, 'screenshots')

export const test = base.extend<Fixtures>({
  sandbox: async ({}, use) => {
    const sandbox = await Sandbox.open()
    try {
      await use(sandbox)
    } finally {
      await sandbox.close()
    }
  },

  pageErrors: [
    // Depends on the sandbox so that it ends first: the page must not see the server stop.
    async ({ page, sandbox: _sandbox }, use) => {
      const errors = await collectErrors(page)
      await use(errors)
      if (errors.length > 0) throw new Error(`errors of the page:\n${errors.join('\n')}`)
    },
    { auto: true },
  ],

  takeScreenshot: async ({ page }, use, { file: spec }) => {
    const dir = join(screenshots, basename(spec, '.spec.ts'))
    await rm(dir, { recursive: true, force: true })
    await mkdir(dir, { recursive: true })
    let count = 0
    await use(async (name) => {
      count++
      const file = `${String(count).padStart(2, '0')}-${name}.png`
      await page.screenshot({ path: join(dir, file), fullPage: true })
    })
  },
})

export { expect } from '@playwright/test'

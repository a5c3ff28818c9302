import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import { Workshop } from './parts/workshop.ts'
import { watchForErrors } from './parts/watch.ts'

interface Fixtures {
  /** Where the test's processes run; all are gone at its end, however it ends. */
  workshop: Workshop
  /** Fails the test, at its end, for everything that a page should never do. */
  noErrors: string[]
  /** Keeps what the page looks like, numbered, under a name. */
  look: (name: string) => Promise<void>
}

const screenshots = join(import.meta.dirname, 'screenshots')

export const test = base.extend<Fixtures>({
  workshop: async ({}, use) => {
    const workshop = await Workshop.open()
    try {
      await use(workshop)
    } finally {
      await workshop.close()
    }
  },

  noErrors: [
    // It ends before the workshop, because it asks for it: a server that is gone is no error of the page.
    async ({ page, workshop: _workshop }, use) => {
      const errors = await watchForErrors(page)
      await use(errors)
      if (errors.length > 0) throw new Error(`the page did what it should not:\n${errors.join('\n')}`)
    },
    { auto: true },
  ],

  look: async ({ page }, use) => {
    await rm(screenshots, { recursive: true, force: true })
    await mkdir(screenshots)
    let count = 0
    await use(async (name) => {
      count++
      await shoot(page, `${String(count).padStart(2, '0')}-${name}`)
    })
  },
})

async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })
}

export { expect } from '@playwright/test'

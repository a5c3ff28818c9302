import type { Page } from '@playwright/test'

/** Collects what a page should never do: errors in its console, exceptions, and violations of its security policy. */
export async function watchForErrors(page: Page): Promise<string[]> {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => { errors.push(`exception: ${error.message}`) })
  await page.exposeFunction('akitaReportViolation', (violation: string) => { errors.push(`security policy: ${violation}`) })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { akitaReportViolation: (violation: string) => void }).akitaReportViolation
      report(`${event.violatedDirective} forbids ${event.blockedURI}`)
    })
  })
  return errors
}

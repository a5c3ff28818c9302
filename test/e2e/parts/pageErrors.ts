import type { Page } from '@playwright/test'

/** Collects the errors of a page: console errors, exceptions, and violations of its content security policy. */
export async function collectErrors(page: Page): Promise<string[]> {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => { errors.push(`exception: ${error.message}`) })
  await page.exposeFunction('akitaReportViolation', (violation: string) => {
    errors.push(`security policy: ${violation}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (window as unknown as { akitaReportViolation: (violation: string) => void }).akitaReportViolation
      report(`${event.violatedDirective} forbids ${event.blockedURI}`)
    })
  })
  return errors
}

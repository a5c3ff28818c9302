import { describe, expect, it } from 'vitest'

/**
 * The modules without a test file, each with the reason. Components and pages (.tsx)
 * are not listed: test/e2e uses them in a browser.
 */
const WITHOUT_TEST: Record<string, string> = {
  'api/queries.ts': 'passes requests to the server, which test/e2e runs',
  'app/theme.ts': 'only settings',
  'layout/useProject.ts': 'hooks of the router, used by every page of a project in test/e2e',
  'layout/useTitle.ts': 'a hook of the browser, used by every page in test/e2e',
  'pages/login/password.ts': 'only constants',
  'ui/copyText.ts': 'needs the clipboard of a browser: test/e2e copies a secret',
  'ui/fields.ts': 'needs the forms of a browser: test/e2e fills them in',
  'ui/useNow.ts': 'a hook, used by the countdown in test/e2e',
}

describe('test files', () => {
  const files = Object.keys(import.meta.glob(['./**/*.ts', '!./**/*.d.ts'])).map((path) => path.replace('./', ''))
  const tests = files.filter((file) => file.endsWith('.test.ts'))
  const modules = files.filter((file) => !tests.includes(file))

  it('exist for each module, unless a reason is given', () => {
    const untested = modules.filter((file) => !tests.includes(file.replace('.ts', '.test.ts')))
    expect(untested.toSorted()).toEqual(Object.keys(WITHOUT_TEST))
  })

  it('are named after a module', () => {
    expect(tests.filter((file) => !modules.includes(file.replace('.test.ts', '.ts')))).toEqual([])
  })
})

import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { startDaemon, startServer, type Key, type Server } from './parts/akita.ts'
import { postCalls, registerClient } from './parts/middleware.ts'

const project = 'shop'
const user = { username: 'ada', password: 'a long enough passphrase' }

test('traces: start, rename, extend, stop, delete', async ({ page, pageErrors, sandbox, takeScreenshot }) => {
  const server = await test.step('start the server', () => startServer(sandbox))

  const key = await test.step('create a user, a project and an API key', () => prepare(page, server))

  const daemon = await test.step('start the daemon', () => startDaemon(sandbox, 'my-laptop', server, key))

  await test.step('register a client', () => registerClient(daemon, project, 'a script'))

  await page.goto(`${server.url}/projects/${project}/traces`)
  const active = page.getByRole('region', { name: 'Active traces' })
  const start = page.getByRole('region', { name: 'Start a trace' })
  const summary = start.getByRole('status', { name: 'The trace captures' })

  await test.step('start a trace that has no end', async () => {
    await expect(summary).toContainText('For 1 hour, from now')
    await start.getByText('Until stopped').click()
    await expect(start.getByLabel('Duration (hours)')).toHaveCount(0)
    await expect(summary).toContainText('All the time, from now until it is stopped')
    await takeScreenshot('until-stopped')
    await start.getByRole('button', { name: 'Start' }).click()
    await expect(active.getByRole('definition').filter({ hasText: 'until stopped' })).toBeVisible()
  })

  await test.step('capture calls', async () => {
    const [, name = ''] = await daemon.process.waitForLine(/Activating trace (\S+)/)
    await postCalls(daemon, project, name, 3)
    await expect(active.getByRole('definition').last()).toHaveText('3')
  })

  await test.step('rename it', async () => {
    await act(page, /^Actions for /, 'Rename')
    await page.getByLabel('Trace name').fill('a/b')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await expect(page.getByRole('textbox', { name: 'Trace name' })).toHaveAccessibleDescription(/Must not be/)
    await takeScreenshot('rename-refused')
    expectRefusal(pageErrors)
    await page.getByLabel('Trace name').fill('whole-week')
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click()
    await expect(active.getByText('whole-week')).toBeVisible()
  })

  await test.step('see that it cannot be extended', async () => {
    await page.getByRole('button', { name: 'Actions for whole-week' }).click()
    await expect(page.getByRole('menuitem', { name: 'Rename' })).toBeVisible()
    await expect(page.getByRole('menuitem', { name: 'Extend' })).toHaveCount(0)
    await takeScreenshot('menu')
    await page.keyboard.press('Escape')
  })

  await test.step('start a trace with a schedule, by the keyboard', async () => {
    await start.getByRole('radio', { name: 'Until stopped' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(start.getByRole('combobox', { name: 'Time zone' })).toHaveValue('Europe/Berlin')
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']) {
      await expect(start.getByRole('checkbox', { name: day })).toBeChecked()
      await start.getByRole('checkbox', { name: day }).press('Space')
    }
    await start.getByRole('button', { name: 'Start' }).press('Enter')
    await expect(start.getByText('Must have at least one day.')).toBeVisible()
    await takeScreenshot('schedule-refused')
    expectRefusal(pageErrors)
    for (const day of ['Mon', 'Tue', 'Wed', 'Sun']) await start.getByRole('checkbox', { name: day }).press('Space')
    await start.getByLabel('From').fill('22:00')
    await start.getByLabel('To', { exact: true }).fill('06:00')
    await expect(start.getByText('It ends on the next day.')).toBeVisible()
    await expect(summary).toContainText('Mon–Wed, Sun, 22:00–06:00 Europe/Berlin')
    await takeScreenshot('schedule')
    await start.getByRole('button', { name: 'Start' }).press('Enter')
    await expect(active.getByText('Mon–Wed, Sun, 22:00–06:00 Europe/Berlin')).toBeVisible()
    await expect(active.getByRole('listitem')).toHaveCount(2)
  })

  await test.step('extend a trace of one hour', async () => {
    await start.getByText('Duration', { exact: true }).click()
    await start.getByRole('button', { name: 'Start' }).click()
    await expect(active.getByRole('timer')).toHaveText(/^(1:00:00|59:\d\d)$/)
    const trace = active.getByRole('listitem').filter({ has: page.getByRole('timer') })
    await trace.getByRole('button', { name: /^Actions for / }).click()
    await page.getByRole('menuitem', { name: 'Extend' }).click()
    await page.getByLabel('Hours to add').fill('23')
    await expect(page.getByRole('dialog').getByRole('status')).toContainText('New end:')
    await takeScreenshot('extend')
    await page.getByRole('dialog').getByRole('button', { name: 'Extend' }).click()
    await expect(active.getByRole('timer')).toHaveText(/^(1 d 00:00:00|23:59:\d\d)$/)
  })

  await test.step('stop the first trace', async () => {
    const trace = active.getByRole('listitem').filter({ hasText: 'whole-week' })
    await trace.getByRole('button', { name: 'Stop' }).click()
    await expect(page.getByRole('table').getByRole('row', { name: /^whole-week/ })).toBeVisible()
    await takeScreenshot('stopped')
  })

  await test.step('delete it', async () => {
    await act(page, 'Actions for whole-week', 'Delete')
    await expect(page.getByRole('dialog')).toContainText('whole-week and its 3 witnesses are deleted for good')
    await takeScreenshot('delete')
    await page.getByRole('button', { name: 'Delete for good' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByText('whole-week')).toHaveCount(0)
    await expect(page.getByText('No trace has ended yet.')).toBeVisible()
  })

  await test.step('set the retention of the project', async () => {
    await page.getByRole('tab', { name: 'Settings' }).click()
    await expect(page.getByRole('radio', { name: 'For ever' })).toBeChecked()
    await page.getByRole('radio', { name: 'For a number of days' }).check()
    await page.getByLabel('Days', { exact: true }).fill('30')
    await expect(page.getByText('Calls that are older than 30 days are deleted for good')).toBeVisible()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved.')).toBeVisible()
    await takeScreenshot('retention')
    await page.reload()
    await expect(page.getByLabel('Days', { exact: true })).toHaveValue('30')
  })

  await test.step('delete the project', async () => {
    await page.getByRole('button', { name: 'Delete project…' }).click()
    const confirm = page.getByRole('button', { name: 'Delete for good' })
    await page.getByLabel(`Type ${project} to confirm`).fill('shoe')
    await expect(confirm).toBeDisabled()
    await page.getByLabel(`Type ${project} to confirm`).fill(project)
    await takeScreenshot('delete-project')
    await confirm.click()
    await expect(page.getByRole('heading', { name: 'Projects', exact: true })).toBeVisible()
    await expect(page.getByRole('link', { name: project })).toHaveCount(0)
  })
})

/** Checks that the only error of the page is an answer of 400, and removes it. */
function expectRefusal(pageErrors: string[]): void {
  expect(pageErrors.splice(0)).toEqual([expect.stringContaining('status of 400')])
}

/** Opens the dialog of an action of a trace. */
async function act(page: Page, menu: string | RegExp, action: string): Promise<void> {
  await page.getByRole('button', { name: menu }).click()
  await page.getByRole('menuitem', { name: action }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
}

/** Logs in as the first user, and creates a project and an API key. */
async function prepare(page: Page, server: Server): Promise<Key> {
  const token = new URL(server.setupLink).searchParams.get('token')
  const post = async (path: string, data: object) => {
    const response = await page.request.post(server.url + path, { data, headers: { Origin: server.url } })
    expect(response.status(), await response.text()).toBe(201)
    return response
  }
  await post('/api/v1/setup', { token, ...user })
  await post('/api/v1/projects', { name: project })
  const key = await post('/api/v1/api-keys', { name: 'my laptop', scope: 'agent' })
  return (await key.json()) as Key
}

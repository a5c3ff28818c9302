import { readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { startDaemon, startServer, type Key } from './parts/akita.ts'
import { callShop, installShop, startShop, waitForMiddlewares } from './parts/shop.ts'

const project = 'django-demo'
const daemonName = 'my-laptop'
/** The id of a trace in the logs, as a pattern. */
const traceId = '\\(lrn_[0-9A-Za-z]{22}\\)'
const user = { name: 'ada', password: 'a long enough passphrase' }

test('the guide: from a Django app to its API model', async ({ page, sandbox, takeScreenshot }) => {
  const server = await test.step('start the server', () => startServer(sandbox))

  await test.step('create the first user with the setup link', async () => {
    await page.goto(server.setupLink)
    await page.getByLabel('Username').fill(user.name)
    await page.getByLabel('Password', { exact: true }).fill(user.password)
    await takeScreenshot('setup')
    await page.getByRole('button', { name: 'Create user' }).click()
    await expect(page.getByRole('heading', { name: 'Projects', exact: true })).toBeVisible()
    await takeScreenshot('no-projects')
  })

  await test.step('create a project', async () => {
    await page.getByRole('button', { name: 'New Project' }).click()
    await page.getByLabel('Project name').fill(project)
    await takeScreenshot('new-project')
    await page.getByRole('button', { name: 'Create project' }).click()
    await expect(page.getByRole('heading', { name: project, level: 1 })).toBeVisible()
  })

  const key = await test.step('create an API key', () => createKey(page, takeScreenshot))

  await test.step('wait for a daemon', async () => {
    await openProject(page)
    await expect(page.getByText('Waiting for a daemon')).toBeVisible()
    await takeScreenshot('waiting-for-a-daemon')
  })

  const daemon = await test.step('start the daemon', () => startDaemon(sandbox, daemonName, server, key))

  await test.step('see that the daemon is healthy', async () => {
    await page.getByRole('tab', { name: 'Diagnostics' }).click()
    const row = page.getByRole('table', { name: 'Daemons' }).getByRole('row', { name: daemonName })
    await expect(row).toContainText('healthy')
    await takeScreenshot('daemon-healthy')
  })

  await test.step('wait for the middleware', async () => {
    await page.getByRole('tab', { name: 'Traces' }).click()
    await expect(page.getByText('Daemon connected')).toBeVisible()
    await expect(page.getByText('Waiting for the middleware')).toBeVisible()
    await takeScreenshot('waiting-for-the-middleware')
  })

  await test.step('install the app and the middleware', () => installShop(sandbox, server))

  const shop = await test.step('start the app under gunicorn', () => startShop(sandbox, daemon))

  await test.step('see the trace controls without a reload', async () => {
    await expect(page.getByRole('button', { name: 'Start' })).toBeVisible()
    await expect(page.getByRole('list', { name: 'Matching daemons' })).toContainText(daemonName)
    await expect(page.getByLabel('Duration (hours)')).toHaveValue('1')
    await takeScreenshot('trace-controls')
  })

  const trace = await test.step('start a trace', async () => {
    await page.getByRole('button', { name: 'Start' }).click()
    await expect(page.getByRole('timer')).toHaveText(/^(1:00:00|59:\d\d|0:59:\d\d)/)
    const active = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Stop' }) })
    const name = await active.getByText(/^[a-z]+(-[a-z]+)+-\d+$/).innerText()
    await expect(active.getByRole('term').filter({ hasText: 'Start' })).toBeVisible()
    await expect(active.getByRole('term').filter({ hasText: 'End' })).toBeVisible()
    await daemon.process.waitForLine(new RegExp(`^\\[INFO\\] Activating trace ${name} ${traceId}$`))
    await waitForMiddlewares(shop, `Activating trace ${name} ${traceId}`)
    await takeScreenshot('trace-active')
    return name
  })

  const calls = await test.step('call the app', () => callShop(shop, 20))

  const endpoints = page.getByRole('table', { name: 'Endpoints' })

  await test.step('see the API model without a reload', async () => {
    await page.getByRole('tab', { name: 'API model' }).click()
    await expect(page.getByText(`from ${calls} witnesses`)).toBeVisible()
    await expect(endpoints.getByRole('row', { name: 'GET /api/users/{pk}/' })).toContainText('50%')
    await expect(endpoints.getByRole('row', { name: 'GET /api/users/me/' }).getByRole('cell').nth(2)).toHaveText('40')
    await takeScreenshot('api-model')
  })

  await test.step('filter by method, response code and authentication type', async () => {
    await page.getByRole('group', { name: 'Method' }).getByLabel('POST').check()
    await expect(endpoints.getByRole('row')).toHaveCount(1 + 2)
    await page.getByRole('group', { name: 'Response code' }).getByLabel('201').check()
    await expect(endpoints.getByRole('row')).toHaveCount(1 + 1)
    await page.getByRole('group', { name: 'Authentication type' }).getByLabel('API key').check()
    await expect(endpoints.getByRole('row', { name: 'POST /api/articles/{slug}/comments/' })).toBeVisible()
    await expect(page).toHaveURL(/method=POST&auth=api_key&status=201/)
    await takeScreenshot('filtered')
  })

  await test.step('open an endpoint', async () => {
    await page.getByRole('link', { name: 'POST /api/articles/{slug}/comments/' }).click()
    await expect(page.getByRole('heading', { name: '/api/articles/{slug}/comments/' })).toBeVisible()
    const request = page.getByRole('list', { name: 'Request type' })
    await expect(request.getByRole('listitem').filter({ hasText: /^rating/ })).toContainText(/integer.*null/)
    const response = page.getByRole('list', { name: 'Response 201 type' })
    await expect(response.getByRole('listitem').filter({ hasText: /^created_at/ })).toContainText('date-time')
    const timing = page.getByRole('table', { name: 'Timing by response code' })
    await expect(timing.getByRole('row', { name: /^201 20 .* ms/ })).toBeVisible()
    await takeScreenshot('endpoint')
  })

  await test.step('download the model as OpenAPI', async () => {
    await page.getByRole('tab', { name: 'API model' }).click()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'JSON' }).click()
    await expectValidOpenAPI(await (await downloading).path())
  })

  await test.step('stop the trace', async () => {
    await page.getByRole('tab', { name: 'Traces' }).click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await daemon.process.waitForLine(new RegExp(`^\\[INFO\\] Deactivating trace ${trace} ${traceId}$`))
    await waitForMiddlewares(shop, `Deactivating trace ${trace} ${traceId}`)
    await takeScreenshot('trace-ended')
  })

  await test.step('log out', async () => {
    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible()
    await takeScreenshot('logged-out')
  })
})

/** Creates an API key in the settings and returns it. */
async function createKey(page: Page, takeScreenshot: (name: string) => Promise<void>): Promise<Key> {
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Create API key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('my laptop')
  await expect(page.getByRole('radio', { name: 'Agent' })).toBeChecked()
  await takeScreenshot('new-api-key')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const key = {
    id: await page.getByLabel('Key ID', { exact: true }).inputValue(),
    secret: await page.getByLabel('Secret', { exact: true }).inputValue(),
  }
  await takeScreenshot('api-key')
  await page.getByRole('button', { name: 'Copy Secret' }).click()
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(key.secret)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText(key.id)).toBeVisible()
  await expect(page.getByText(key.secret)).toHaveCount(0)
  await expect(page.getByRole('row', { name: 'my laptop' })).toContainText('Agent')
  return key
}

/** Validates a downloaded document against the JSON Schema of the OpenAPI specification. */
async function expectValidOpenAPI(file: string): Promise<void> {
  const document = JSON.parse(await readFile(file, 'utf8')) as { openapi: string; paths: object }
  const { valid, errors } = await new Validator().validate(document)
  expect(valid, JSON.stringify(errors)).toBe(true)
  expect(document.openapi).toMatch(/^3\.1/)
  expect(document.paths).toHaveProperty(['/api/articles/{slug}/comments/', 'post', 'responses', '201'])
}

/** Opens the project from any page. */
async function openProject(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Akita: all projects' }).click()
  await page.getByRole('link', { name: project }).click()
}

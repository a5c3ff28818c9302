import type { Daemon } from './akita.ts'

/** Registers a client with a daemon, as a middleware does that believes that no trace is active. */
export async function registerClient(daemon: Daemon, project: string, name: string): Promise<void> {
  await post(daemon, `/v1/services/${project}/middleware`, { client_name: name, active_trace_ids: [] })
}

/** Posts calls of a trace, as a middleware does. */
export async function postCalls(daemon: Daemon, project: string, trace: string, count: number): Promise<void> {
  await post(daemon, `/v1/services/${project}/traces/${trace}/events`, {
    client_name: 'a script',
    trace_events: Array.from({ length: count }, () => call()),
    no_more_events: false,
  })
}

async function post(daemon: Daemon, path: string, body: unknown): Promise<void> {
  const response = await fetch(`http://${daemon.host}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.status !== 202) throw new Error(`POST ${path}: status ${response.status}: ${await response.text()}`)
}

/** Returns a call as an HAR entry. */
function call() {
  const message = { httpVersion: 'HTTP/1.1', cookies: [], headers: [], headersSize: -1, bodySize: 0 }
  return {
    startedDateTime: new Date().toISOString(),
    time: 5,
    request: { ...message, method: 'GET', url: 'http://shop.example/api/articles/', queryString: [] },
    response: {
      ...message,
      status: 200,
      statusText: 'OK',
      content: { size: 2, mimeType: 'application/json', text: '[]' },
      redirectURL: '',
    },
    timings: { send: 0, wait: 5, receive: 0 },
  }
}

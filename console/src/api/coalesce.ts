/**
 * Makes a trigger that runs a task soon after it is pulled, never twice at the
 * same time and at most once per interval, however often it is pulled. A pull
 * while the task runs leads to one more run, so the last pull is never lost.
 */
export function coalesce(task: () => Promise<unknown>, intervalMs: number): () => void {
  let busy = false
  let pulled = false

  const run = async () => {
    busy = true
    while (pulled) {
      pulled = false
      await Promise.allSettled([task(), pause(intervalMs)])
    }
    busy = false
  }

  return () => {
    pulled = true
    if (!busy) void run()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

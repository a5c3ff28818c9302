/**
 * Returns a function that runs a task at once, but at most once per interval and
 * never twice at the same time. Calls that come too early cause one more run, so
 * the task always runs after the last call.
 */
export function coalesce(task: () => Promise<unknown>, intervalMs: number): () => void {
  let running = false
  let requested = false

  const run = async () => {
    running = true
    while (requested) {
      requested = false
      await Promise.allSettled([task(), pause(intervalMs)])
    }
    running = false
  }

  return () => {
    requested = true
    if (!running) void run()
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followEvents, REOPEN_MS } from './eventStream'

/** Node has no EventSource: this one records what the console does with it. */
class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2
  static all: FakeEventSource[] = []
  static get last(): FakeEventSource | undefined {
    return FakeEventSource.all.at(-1)
  }

  readyState = 0
  onopen?: () => void
  onerror?: () => void

  readonly url: string

  constructor(url: string) {
    super()
    this.url = url
    FakeEventSource.all.push(this)
  }

  close() {
    this.readyState = FakeEventSource.CLOSED
  }

  /** What the browser does when the server answers an error: it gives up. */
  refuse() {
    this.close()
    this.onerror?.()
  }
}

class FakeDocument extends EventTarget {
  hidden = false

  show(visible: boolean) {
    this.hidden = !visible
    this.dispatchEvent(new Event('visibilitychange'))
  }
}

describe('followEvents', () => {
  let page: FakeDocument
  const onLive = vi.fn<(live: boolean) => void>()
  const onModel = vi.fn()
  const follow = () => followEvents('/events', { model: onModel }, onLive)

  beforeEach(() => {
    vi.useFakeTimers()
    page = new FakeDocument()
    FakeEventSource.all = []
    vi.stubGlobal('document', page)
    vi.stubGlobal('EventSource', FakeEventSource)
    vi.resetAllMocks()
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('opens the stream and calls the listener of an event', () => {
    follow()
    expect(FakeEventSource.last?.url).toBe('/events')
    FakeEventSource.last?.onopen?.()
    expect(onLive).toHaveBeenLastCalledWith(true)
    FakeEventSource.last?.dispatchEvent(new Event('model'))
    FakeEventSource.last?.dispatchEvent(new Event('other'))
    expect(onModel).toHaveBeenCalledTimes(1)
  })

  it('leaves reconnecting after a lost connection to the browser', () => {
    follow()
    FakeEventSource.last?.onopen?.()
    FakeEventSource.last?.onerror?.()
    expect(onLive).toHaveBeenLastCalledWith(false)
    vi.advanceTimersByTime(REOPEN_MS)
    expect(FakeEventSource.all).toHaveLength(1)
  })

  it('reopens the stream after an HTTP error', () => {
    follow()
    FakeEventSource.last?.refuse()
    expect(FakeEventSource.all).toHaveLength(1)
    vi.advanceTimersByTime(REOPEN_MS)
    expect(FakeEventSource.all).toHaveLength(2)
  })

  it('closes the stream while the page is hidden', () => {
    follow()
    FakeEventSource.last?.onopen?.()
    page.show(false)
    expect(FakeEventSource.last?.readyState).toBe(FakeEventSource.CLOSED)
    expect(onLive).toHaveBeenLastCalledWith(false)
    page.show(true)
    expect(FakeEventSource.all).toHaveLength(2)
  })

  it('does not open the stream of a hidden page', () => {
    page.hidden = true
    follow()
    expect(FakeEventSource.all).toHaveLength(0)
  })

  it('does nothing more after the end', () => {
    const stop = follow()
    FakeEventSource.last?.refuse()
    stop()
    vi.advanceTimersByTime(REOPEN_MS)
    page.show(true)
    expect(FakeEventSource.all).toHaveLength(1)
  })
})

import { formatAgo, formatTime, formatUtc } from '../format/time'
import { useNow } from './useNow'

interface TimeProps {
  /** RFC 3339. */
  time: string
}

/** A point in time in the reader's zone; the tooltip says it in UTC. */
export function PointInTime({ time }: TimeProps) {
  const now = useNow(60_000)
  const date = new Date(time)
  return (
    <time dateTime={time} title={formatUtc(date)}>
      {formatTime(date, now)}
    </time>
  )
}

/** How long ago, counting on; the tooltip says when, in UTC. */
export function TimeAgo({ time }: TimeProps) {
  const now = useNow()
  const date = new Date(time)
  return (
    <time dateTime={time} title={formatUtc(date)}>
      {formatAgo(date, now)}
    </time>
  )
}

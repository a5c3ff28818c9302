import { formatAgo, formatTime, formatUtc } from '../format/time'
import { useNow } from './useNow'

interface TimeProps {
  /** In RFC 3339. */
  time: string
}

/** A time in the browser's time zone. The tooltip shows it in UTC. */
export function PointInTime({ time }: TimeProps) {
  const now = useNow()
  const date = new Date(time)
  return (
    <time dateTime={time} title={formatUtc(date)}>
      {formatTime(date, now)}
    </time>
  )
}

/** How long ago a time was, kept up to date. The tooltip shows the time in UTC. */
export function TimeAgo({ time }: TimeProps) {
  const now = useNow()
  const date = new Date(time)
  return (
    <time dateTime={time} title={formatUtc(date)}>
      {formatAgo(date, now)}
    </time>
  )
}

import { formatCount } from '../format/numbers'
import classes from './StatusBar.module.css'
import { statusShares } from './statuses'

interface StatusBarProps {
  /** Number of responses by status code. */
  statuses: Record<string, number>
}

/** A bar that shows the share of each status code. */
export function StatusBar({ statuses }: StatusBarProps) {
  const shares = statusShares(statuses)
  const text = shares.map(({ code, count }) => `${code}: ${formatCount(count)}`).join(', ')
  return (
    <div className={classes.bar} role="img" aria-label={`Responses ${text}`} title={text}>
      {shares.map(({ code, statusClass, count }) => (
        <span key={code} className={classes.part} data-class={statusClass} style={{ flexGrow: count }} />
      ))}
    </div>
  )
}

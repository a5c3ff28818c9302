import { formatCount, formatShare } from '../format/numbers'
import classes from './StatusLegend.module.css'
import { statusShares } from './statuses'

interface StatusLegendProps {
  /** Number of responses by status code. */
  statuses: Record<string, number>
}

/** Explains the parts of a StatusBar: the colour, number and share of each status code. */
export function StatusLegend({ statuses }: StatusLegendProps) {
  return (
    <ul className={classes.legend} aria-label="Responses by status code">
      {statusShares(statuses).map(({ code, statusClass, count, share }) => (
        <li key={code}>
          <span className={classes.key} data-class={statusClass} aria-hidden />
          <strong>{code}</strong> {formatCount(count)} <span className={classes.share}>({formatShare(share)})</span>
        </li>
      ))}
    </ul>
  )
}

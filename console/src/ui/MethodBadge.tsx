import classes from './MethodBadge.module.css'

/** An HTTP method in its colour. */
export function MethodBadge({ method }: { method: string }) {
  return (
    <span className={classes.method} data-method={method}>
      {method}
    </span>
  )
}

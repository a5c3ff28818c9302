import classes from './MethodBadge.module.css'

/** An HTTP method in the colour that it has everywhere. */
export function MethodBadge({ method }: { method: string }) {
  return (
    <span className={classes.method} data-method={method}>
      {method}
    </span>
  )
}

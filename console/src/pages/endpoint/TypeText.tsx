import type { TypeNode } from './parseType'
import classes from './TypeText.module.css'

/** The line of a type: its name, format, limits and enum values. */
export function TypeText({ node }: { node: TypeNode }) {
  return (
    <span className={classes.line}>
      <span className={classes.type}>
        {node.type}
        {node.nullable && <span className={classes.null}> | null</span>}
      </span>{' '}
      {node.format !== undefined && <span className={classes.format}>{node.format}</span>}{' '}
      {node.limits.map((limit) => (
        <span key={limit} className={classes.limit}>
          {limit}
        </span>
      ))}{' '}
      {node.enumValues.length > 0 && <span className={classes.enumValues}>{node.enumValues.join(' | ')}</span>}
    </span>
  )
}

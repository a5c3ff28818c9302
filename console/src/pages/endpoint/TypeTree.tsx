import { UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { formatCompact, formatShare, plural } from '../../format/numbers'
import { TypeText } from './TypeText'
import classes from './TypeTree.module.css'
import { parseType, type TypeNode } from './parseType'

/** How many levels are open at first. */
const OPEN_DEPTH = 3

interface TypeTreeProps {
  /** A JSON Schema without $ref. */
  schema: unknown
  /** Names the type for screen readers. */
  label: string
}

/** A type as a tree. What the user has opened or closed stays so when the model changes. */
export function TypeTree({ schema, label }: TypeTreeProps) {
  const root = useMemo(() => parseType(schema), [schema])
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map())
  const toggle = (key: string, open: boolean) => {
    setOpened((before) => new Map(before).set(key, open))
  }
  return (
    <ul className={classes.tree} aria-label={label}>
      <TypeLine node={root} depth={0} opened={opened} onToggle={toggle} />
    </ul>
  )
}

interface TypeLineProps {
  node: TypeNode
  depth: number
  /** Whether a node is open, by key, if the user has opened or closed it. */
  opened: ReadonlyMap<string, boolean>
  onToggle: (key: string, open: boolean) => void
}

function TypeLine({ node, depth, opened, onToggle }: TypeLineProps) {
  const isOpen = opened.get(node.key) ?? depth < OPEN_DEPTH
  const hasChildren = node.children.length > 0
  return (
    <li>
      <div className={classes.line}>
        {hasChildren ? (
          <UnstyledButton
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-label={`Fields of ${node.name ?? node.title ?? node.type}`}
            onClick={() => {
              onToggle(node.key, !isOpen)
            }}
          >
            <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          </UnstyledButton>
        ) : (
          <span className={classes.leaf} />
        )}
        <span className={classes.text}>
          {node.name !== undefined && <span className={classes.name}>{node.name} </span>}
          {node.title !== undefined && <span className={classes.title}>{node.title} </span>}
          {node.name === '*' && <span className={classes.note}>any key </span>}
          <TypeText node={node} />
        </span>
        <Presence node={node} />
      </div>
      {hasChildren && isOpen && (
        <ul className={classes.children}>
          {node.children.map((child) => (
            <TypeLine key={child.key} node={child} depth={depth + 1} opened={opened} onToggle={onToggle} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** Whether a field is optional, and how often it was seen. */
function Presence({ node: { optional, seen, parentSeen } }: { node: TypeNode }) {
  const share = optional && seen !== undefined && parentSeen ? ` ${formatShare(seen / parentSeen)}` : ''
  return (
    <span className={classes.presence}>
      {optional && <span className={classes.optional}>optional{share}</span>}
      {seen !== undefined && (
        <span className={classes.seen} title={`Seen ${plural(seen, 'time')}`}>
          ×{formatCompact(seen)}
        </span>
      )}
    </span>
  )
}

import { Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './EmptyState.module.css'

interface EmptyStateProps {
  title: string
  /** 1 where it is all of a page; 2 unless told. */
  level?: 1 | 2
  /** What to do next. */
  children: ReactNode
}

/** What a list shows when nothing is in it yet: why, and the next step. */
export function EmptyState({ title, level = 2, children }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      <Title order={level} size="h3">
        {title}
      </Title>
      <Text component="div" size="sm" c="dimmed" className={classes.text}>
        {children}
      </Text>
    </div>
  )
}

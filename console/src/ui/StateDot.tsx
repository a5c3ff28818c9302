import type { ReactNode } from 'react'
import classes from './StateDot.module.css'

interface StateDotProps {
  tone: 'good' | 'bad' | 'waiting' | 'off'
  children: ReactNode
}

/** A state in words with a coloured dot, which pulses while waiting. */
export function StateDot({ tone, children }: StateDotProps) {
  return (
    <span className={classes.state} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {children}
    </span>
  )
}

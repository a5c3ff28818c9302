import { CopyButton } from './CopyButton'
import classes from './CodeBlock.module.css'

interface CodeBlockProps {
  /** A file name, or where to paste the code: "Terminal". */
  title: string
  code: string
}

/** Code to paste, with a button that copies it. */
export function CodeBlock({ title, code }: CodeBlockProps) {
  return (
    <figure className={classes.block}>
      <figcaption className={classes.title}>
        {title}
        <CopyButton text={code} label={`Copy ${title}`} />
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it */}
      <pre className={classes.code} tabIndex={0} aria-label={title}>
        <code>{code}</code>
      </pre>
    </figure>
  )
}

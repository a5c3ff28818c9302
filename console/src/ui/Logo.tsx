interface LogoProps {
  /** Width and height in pixels. Default 24. */
  size?: number
}

/** The logo. It has no text alternative, because it always has the name next to it. */
export function Logo({ size = 24 }: LogoProps) {
  return <img src="/favicon.svg" width={size} height={size} alt="" />
}

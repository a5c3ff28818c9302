interface LogoProps {
  /** Width and height in pixels; 24 unless told. */
  size?: number
}

/** The mark: the face of an Akita. It says nothing that the name beside it does not. */
export function Logo({ size = 24 }: LogoProps) {
  return <img src="/favicon.svg" width={size} height={size} alt="" />
}

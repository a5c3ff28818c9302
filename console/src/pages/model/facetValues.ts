interface FacetValue {
  value: string
  /** How many endpoints have it. */
  count: number
}

/** A facet's values in a fixed order; a selected one that no endpoint has stays, so that it can be switched off. */
export function facetValues(counts: Record<string, number>, selected: string[]): FacetValue[] {
  const values = new Set([...Object.keys(counts), ...selected])
  return [...values].sort((a, b) => a.localeCompare(b)).map((value) => ({ value, count: counts[value] ?? 0 }))
}

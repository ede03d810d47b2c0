/**
 * How unlikely a count is. Counts of what people write come in bursts, so they are taken as negative binomial with a mean and a variance of their own; with
 * a variance no larger than the mean, as Poisson.
 */

/** −log10 of the probability of `count` or more. 0 where the count is not above its mean. */
export function raritySurpassing(count: number, mean: number, variance: number): number {
  if (count <= mean || count <= 0) return 0
  if (mean <= 0) return MOST
  const burst = burstOf(mean, variance)
  // Terms fall by a ratio that only gets smaller: the rest of the series is less than a geometric one.
  let term = 1
  let sum = 1
  for (let at = count; at < count + TERMS; at++) {
    const ratio = burst === null ? mean / (at + 1) : ((at + burst) / (at + 1)) * (mean / (mean + burst))
    term *= ratio
    sum += term
    if (term < sum * 1e-6) break
    if (at === count + TERMS - 1) sum += (term * ratio) / Math.max(1e-9, 1 - ratio)
  }
  return Math.min(MOST, Math.max(0, -(logMass(count, mean, burst) + Math.log(sum)) / Math.LN10))
}

/** −log10 of the probability of `count` or fewer. 0 where the count is not below its mean. */
export function rarityFallingShort(count: number, mean: number, variance: number): number {
  if (count >= mean || mean <= 0) return 0
  const burst = burstOf(mean, variance)
  let term = 1
  let sum = 1
  for (let at = count; at > 0; at--) {
    const ratio = burst === null ? at / mean : (at / (at - 1 + burst)) * ((mean + burst) / mean)
    term *= ratio
    sum += term
    if (term < sum * 1e-6) break
  }
  return Math.min(MOST, Math.max(0, -(logMass(count, mean, burst) + Math.log(sum)) / Math.LN10))
}

/** The counts between which all but `10 ** -rarity` on each side are expected, in whole counts. */
export function bandOf(mean: number, variance: number, rarity: number): { low: number; high: number } {
  const spread = Math.sqrt(Math.max(variance, mean))
  let high = Math.ceil(mean)
  let step = Math.max(1, Math.round(spread / 2))
  while (step >= 1) {
    while (raritySurpassing(high + step, mean, variance) <= rarity) high += step
    step = Math.floor(step / 2)
  }
  let low = Math.floor(mean)
  step = Math.max(1, Math.round(spread / 2))
  while (step >= 1) {
    while (low - step >= 0 && rarityFallingShort(low - step, mean, variance) <= rarity) low -= step
    step = Math.floor(step / 2)
  }
  return { low, high }
}

/** Rarer than this is not told apart any more. */
const MOST = 300
const TERMS = 400

/** The negative binomial's second number; null: Poisson. */
const burstOf = (mean: number, variance: number): number | null =>
  variance <= mean * 1.0001 ? null : (mean * mean) / (variance - mean)

const logMass = (count: number, mean: number, burst: number | null): number =>
  burst === null
    ? count * Math.log(mean) - mean - logGamma(count + 1)
    : logGamma(count + burst) -
      logGamma(burst) -
      logGamma(count + 1) +
      burst * Math.log(burst / (burst + mean)) +
      count * Math.log(mean / (burst + mean))

/** Lanczos' approximation with g = 7; Numerical Recipes, 6.1. Fourteen digits for what is above 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const y = x - 1
  let sum = 0.999_999_999_999_809_9
  for (let at = 0; at < lanczos.length; at++) sum += lanczos[at]! / (y + at + 1)
  const t = y + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(sum)
}

const lanczos = [
  676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6, 12.507_343_278_686_905,
  -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
]

/**
 * A net with one hidden layer and a straight way past it: log odds = bias + Σ straight·x + Σ out·tanh(bias + Σ inner·x). `values`: hidden unit by
 * hidden unit its bias, what each input weighs in it and what it weighs itself; then the bias and what each input weighs straight.
 */
export interface PairNet {
  inputs: number
  values: Float32Array
}

/** How long `values` are. */
export const netSize = (inputs: number, hidden: number): number => hidden * (inputs + 2) + 1 + inputs

/** Log odds of a row of inputs. */
export function oddsOf({ inputs, values }: PairNet, row: ArrayLike<number>): number {
  const straight = values.length - 1 - inputs
  let odds = values[straight]!
  for (let k = 0; k < inputs; k++) odds += values[straight + 1 + k]! * row[k]!
  for (let at = 0; at < straight; at += inputs + 2) {
    let sum = values[at]!
    for (let k = 0; k < inputs; k++) sum += values[at + 1 + k]! * row[k]!
    odds += values[at + inputs + 1]! * Math.tanh(sum)
  }
  return odds
}

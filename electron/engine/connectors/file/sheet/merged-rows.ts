/**
 * What stands in a cell that was merged over several rows belongs to each of them, as a spreadsheet shows it. A row that has
 * nothing of its own is none, however far the cell reaches; over columns nothing is repeated: the first one has it.
 */
export function mergedRows() {
  let open: { column: number; from: number; last: number; text: string }[] = []
  return {
    /** A cell at this place reaches down to row `last`. */
    begin(column: number, from: number, last: number, text: string): void {
      if (text !== '' && last > from && open.length < 1_000) open.push({ column, from, last, text })
    },
    /** Rows come in order. */
    fill(line: number, cells: string[]): void {
      if (open.length === 0) return
      open = open.filter(({ last }) => last >= line)
      for (const { column, from, text } of open) {
        if (from >= line) continue
        while (cells.length <= column) cells.push('')
        if (cells[column] === '') cells[column] = text
      }
    },
  }
}

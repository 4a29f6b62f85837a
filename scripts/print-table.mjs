/** Rows under their heads, in columns of text. `heads` names the columns and their order. */
export function tableOf(heads, rows) {
  const columns = Object.keys(heads);
  const all = [heads, ...rows];
  const widths = columns.map((column) => Math.max(...all.map((row) => String(row[column]).length)));
  return all
    .map((row) => columns.map((column, index) => String(row[column]).padEnd(widths[index])).join(' | '))
    .toSpliced(1, 0, widths.map((width) => '-'.repeat(width)).join('-|-'))
    .join('\n');
}

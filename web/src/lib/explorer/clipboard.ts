/** Cells on their way into Word and Excel: a table with borders, and the same as text with tabs. */

/** A cell that goes out. */
export interface OutCell {
  text: string;
  /** Of a number: as programs read it, `1234.5`. */
  plain?: string;
  isHeading?: boolean;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function htmlCell(cell: OutCell): string {
  const tag = cell.isHeading ? 'th' : 'td';
  const border = 'border:1px solid #000;padding:2px 6px;';
  if (cell.plain !== undefined && cell.plain !== '') {
    // Excel takes the number from here, whatever language it speaks.
    return `<${tag} x:num="${escaped(cell.plain)}" align="right" style="${border}">${escaped(cell.text)}</${tag}>`;
  }
  // As text: what begins like a formula is none.
  return `<${tag} style="${border}mso-number-format:'\\@';">${escaped(cell.text)}</${tag}>`;
}

/** A table with borders, as Word and Excel take it. */
export function toHtml(rows: readonly OutCell[][], note: string): string {
  const lines = rows.map((row) => `<tr>${row.map(htmlCell).join('')}</tr>`).join('');
  const table = `<table border="1" cellspacing="0" style="border-collapse:collapse;font-family:'Times New Roman';font-size:13pt">${lines}</table>`;
  const head = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body>';
  return `${head}${table}${note === '' ? '' : `<p style="font-style:italic">${escaped(note)}</p>`}</body></html>`;
}

/** Cells with tabs between, numbers without marks between thousands: `1234,5`. */
export function toText(rows: readonly OutCell[][], note: string): string {
  const said = (cell: OutCell) => {
    if (cell.plain !== undefined && cell.plain !== '') return cell.plain.replace('.', ',');
    const flat = cell.text.replace(/[\t\r\n]+/g, ' ');
    return /^[ ']*[=+\-@＝＋－＠]/.test(flat) && flat.length > 1 ? `'${flat}` : flat;
  };
  const lines = rows.map((row) => row.map(said).join('\t'));
  return [...lines, ...(note === '' ? [] : [note])].join('\r\n');
}

/** Puts a table on the clipboard, also where the page has no secure address; whether it worked. */
export function copyOut(rows: readonly OutCell[][], note: string): boolean {
  let done = false;
  const fill = (event: ClipboardEvent) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    event.clipboardData?.setData('text/html', toHtml(rows, note));
    event.clipboardData?.setData('text/plain', toText(rows, note));
    done = event.clipboardData !== null;
  };
  document.addEventListener('copy', fill, { capture: true, once: true });
  const accepted = document.execCommand('copy');
  document.removeEventListener('copy', fill, { capture: true });
  return accepted && done;
}

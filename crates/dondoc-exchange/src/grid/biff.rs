//! A look through an old `.xls` before it is read: how far its sheets reach, which cells are formulas, and which are shown in
//! per cent.
//!
//! The reader lays every sheet out as a full rectangle, so two cells at opposite corners would cost half a gigabyte; it
//! does not tell that a cell is a formula where many cells share one, nor that 0.94 is shown as 94%. Formats: [MS-CFB] for the
//! file, [MS-XLS] for its stream (2.4.126 `Format`, 2.4.353 `XF`).

/// What a sheet has.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Cells of the rectangle from the first to the last that holds something.
    pub(super) area: u64,
    /// Row and column, from 0, of the cells that a formula works out.
    pub(super) formulas: Vec<(u32, u16)>,
    /// The same, of the numbers that are shown times a hundred with a per cent sign.
    pub(super) per_cent: Vec<(u32, u16)>,
}

/// The end of a chain of sectors; larger numbers mark free and special ones.
const LAST: u32 = 0xffff_fffa;

/// The size of a sector of small streams.
const SMALL: usize = 64;

/// The sheets of a file, in their order; `None` if it is not laid out as one.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let stream = workbook(bytes)?;
    let (mut starts, mut looks) = (Vec::new(), Looks::default());
    let mut at = 0;
    while let Some((kind, body, next)) = record(&stream, at) {
        match kind {
            // BOUNDSHEET: where the stream of a sheet begins.
            0x0085 => starts.push(usize::try_from(number(body, 0)?).ok()?),
            0x000a => break,
            _ => looks.learn(kind, body),
        }
        at = next;
    }
    Some(starts.into_iter().map(|it| sheet(&stream, it, &looks)).collect())
}

/// How cells look.
#[derive(Default)]
struct Looks {
    /// Whether texts have a byte that says how wide their letters are, as since Excel 97.
    is_wide: bool,
    /// The numbers of the patterns of the file's own that have a per cent sign.
    patterns: Vec<u16>,
    /// Of each look in its order, whether its pattern has one.
    per_cent: Vec<bool>,
}

impl Looks {
    fn learn(&mut self, kind: u16, body: &[u8]) {
        match (kind, short(body, 0), short(body, 2)) {
            // BOF, with the version.
            (0x0809, Some(version), _) => self.is_wide = version >= 0x0600,
            // FORMAT: its number, then the pattern.
            (0x041e, Some(number), _) if self.has_per_cent(body) => self.patterns.push(number),
            // XF: a font, then the number of a pattern; 9 and 10 are `0%` and `0.00%` everywhere.
            (0x00e0, _, Some(pattern)) => {
                self.per_cent.push(matches!(pattern, 9 | 10) || self.patterns.contains(&pattern));
            }
            _ => {}
        }
    }

    /// Whether the pattern of a FORMAT has a per cent sign. Letters are of one byte or, if the text says so, of two.
    fn has_per_cent(&self, body: &[u8]) -> bool {
        let text = body.get(if self.is_wide { 5 } else { 3 }..).unwrap_or_default();
        match self.is_wide && body.get(4).is_some_and(|it| it & 1 == 1) {
            true => text.chunks_exact(2).any(|it| it == [b'%', 0]),
            false => text.contains(&b'%'),
        }
    }

    /// The cells of a record that are shown in per cent.
    fn shown(&self, kind: u16, body: &[u8]) -> Vec<(u32, u16)> {
        let (Some(row), Some(first)) = (short(body, 0), short(body, 2)) else { return Vec::new() };
        let looks: Vec<u16> = match kind {
            // FORMULA, NUMBER, RK
            0x0006 | 0x0203 | 0x027e => short(body, 4).into_iter().collect(),
            // MULRK: a look and a number each, and the last column.
            0x00bd => {
                let cells = body.get(4..body.len().saturating_sub(2)).unwrap_or_default();
                cells.chunks_exact(6).filter_map(|it| short(it, 0)).collect()
            }
            _ => Vec::new(),
        };
        let is_it = |look: &u16| self.per_cent.get(usize::from(*look)) == Some(&true);
        let found = (first..).zip(looks).filter(|(_, look)| is_it(look));
        found.map(|(column, _)| (row.into(), column)).collect()
    }
}

/// A record at a place: its kind, its body and where the next begins.
fn record(stream: &[u8], at: usize) -> Option<(u16, &[u8], usize)> {
    let kind = short(stream, at)?;
    let end = at + 4 + usize::from(short(stream, at + 2)?);
    Some((kind, stream.get(at + 4..end)?, end))
}

fn sheet(stream: &[u8], start: usize, looks: &Looks) -> Sheet {
    let mut sheet = Sheet::default();
    let (mut rows, mut columns) = ((u16::MAX, 0), (u16::MAX, 0));
    let mut n_open = 0;
    let mut at = start;
    while let Some((kind, body, next)) = record(stream, at) {
        at = next;
        match kind {
            // BOF and EOF; a chart within a sheet has its own.
            0x0809 => n_open += 1,
            0x000a if n_open <= 1 => break,
            0x000a => n_open -= 1,
            _ => {}
        }
        let last = match kind {
            // FORMULA, NUMBER, LABEL, BOOLERR, RSTRING, LABELSST, RK
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x00d6 | 0x00fd | 0x027e => short(body, 2),
            // MULRK: the last column stands at the end.
            0x00bd => body.len().checked_sub(2).and_then(|it| short(body, it)),
            _ => None,
        };
        let (Some(row), Some(column), Some(last)) = (short(body, 0), short(body, 2), last) else {
            continue;
        };
        rows = (rows.0.min(row), rows.1.max(row));
        columns = (columns.0.min(column), columns.1.max(last));
        if kind == 0x0006 {
            sheet.formulas.push((row.into(), column));
        }
        sheet.per_cent.extend(looks.shown(kind, body));
    }
    let reach =
        |(first, last): (u16, u16)| if first > last { 0 } else { u64::from(last - first) + 1 };
    sheet.area = reach(rows) * reach(columns);
    sheet
}

/// The stream of the workbook, put together from its sectors.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let sector =
        1_usize.checked_shl(short(bytes, 0x1e)?.into()).filter(|it| (128..=4096).contains(it))?;
    let table = fat(bytes, sector)?;
    let folder = chain(bytes, &table, number(bytes, 0x30)?, sector)?;
    let entries = folder.chunks_exact(128);
    let root = entries.clone().next()?;
    let entry = entries.into_iter().find(|it| matches!(name(it).as_str(), "Workbook" | "Book"))?;
    let (start, size) = (number(entry, 0x74)?, usize::try_from(number(entry, 0x78)?).ok()?);
    let mut stream = if size >= usize::try_from(number(bytes, 0x38)?).ok()? {
        chain(bytes, &table, start, sector)?
    } else {
        let small = chain(bytes, &table, number(root, 0x74)?, sector)?;
        let table = numbers(&chain(bytes, &table, number(bytes, 0x3c)?, sector)?);
        small_chain(&small, &table, start)?
    };
    stream.truncate(size);
    Some(stream)
}

fn name(entry: &[u8]) -> String {
    let units = entry.chunks_exact(2).take(31).map(|it| u16::from_le_bytes([it[0], it[1]]));
    char::decode_utf16(units.take_while(|it| *it != 0)).filter_map(Result::ok).collect()
}

/// The table that says which sector follows which.
fn fat(bytes: &[u8], sector: usize) -> Option<Vec<u32>> {
    let mut parts: Vec<u32> = numbers(bytes.get(0x4c..0x200)?);
    let mut next = number(bytes, 0x44)?;
    // The list of the table's sectors goes on in a chain of its own, the last number of each leading to the next; one that
    // is longer than the file comes back to itself.
    for _ in 0..=bytes.len() / sector {
        if next >= LAST {
            break;
        }
        let mut more = numbers(at_sector(bytes, next, sector)?);
        next = more.pop()?;
        parts.extend(more);
    }
    let mut table = Vec::new();
    for part in parts.into_iter().filter(|it| *it < LAST) {
        table.extend(numbers(at_sector(bytes, part, sector)?));
        if table.len() > bytes.len() {
            return None;
        }
    }
    Some(table)
}

fn at_sector(bytes: &[u8], number: u32, sector: usize) -> Option<&[u8]> {
    let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(sector)?;
    // The last sector of a file may be cut short, but not to nothing: chains must grow.
    let part = bytes.get(start..bytes.len().min(start.checked_add(sector)?))?;
    (!part.is_empty()).then_some(part)
}

fn chain(bytes: &[u8], table: &[u32], start: u32, sector: usize) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let mut next = start;
    while next < LAST {
        stream.extend_from_slice(at_sector(bytes, next, sector)?);
        // A chain that comes back to itself never ends.
        if stream.len() > bytes.len() {
            return None;
        }
        next = *table.get(usize::try_from(next).ok()?)?;
    }
    Some(stream)
}

fn small_chain(small: &[u8], table: &[u32], start: u32) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    let mut next = start;
    while next < LAST {
        let at = usize::try_from(next).ok()?;
        let part = small.get(at * SMALL..small.len().min((at + 1) * SMALL))?;
        stream.extend_from_slice(part);
        if part.is_empty() || stream.len() > small.len() {
            return None;
        }
        next = *table.get(at)?;
    }
    Some(stream)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect()
}

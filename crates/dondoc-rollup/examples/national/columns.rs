//! Figures as raw little-endian columns, which every engine of the benchmark reads.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Result, Write},
    path::Path,
};

use dondoc_core::unit::UnitId;
use dondoc_rollup::{catalogue::SeriesNo, totals::PeriodNo};

use crate::{
    made_up::{Country, N_INDICATORS, N_MONTHS},
    questions::{Asked, Bench, COUNTRY, number},
};

const NAMES: [&str; 4] = ["org", "indicator", "period", "value"];

/// Writes the figures in order of indicator, month and unit, the units, and what is asked.
pub(crate) fn write(country: &Country, folder: &Path) -> Result<u64> {
    let create = |name: &str| -> Result<BufWriter<File>> {
        Ok(BufWriter::with_capacity(1 << 20, File::create(folder.join(format!("{name}.bin")))?))
    };
    let mut files = NAMES.iter().map(|it| create(it)).collect::<Result<Vec<_>>>()?;
    let mut n_figures = 0;
    for indicator in 0..N_INDICATORS {
        for month in 0..N_MONTHS {
            for reported in country.reported(indicator, month) {
                files[0].write_all(&reported.unit.to_le_bytes())?;
                files[1].write_all(&(indicator as u16).to_le_bytes())?;
                files[2].write_all(&(month as u16).to_le_bytes())?;
                files[3].write_all(&reported.value.to_le_bytes())?;
                n_figures += 1;
            }
        }
    }
    for mut file in files {
        file.flush()?;
    }
    write_units(country, folder)?;
    write_asked(&Asked::new(country, 0), folder, n_figures)?;
    Ok(n_figures)
}

/// Unit, the province that it is or belongs to, place in the order of the tree.
fn write_units(country: &Country, folder: &Path) -> Result<()> {
    let mut file = BufWriter::new(File::create(folder.join("units.bin"))?);
    let mut place = 0_u32;
    let mut row = |unit: u32, province: u32| {
        place += 1;
        [unit, province, place].into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>()
    };
    file.write_all(&row(COUNTRY.0, COUNTRY.0))?;
    for province in &country.provinces {
        file.write_all(&row(province.unit, province.unit))?;
        for commune in &province.communes {
            file.write_all(&row(commune.unit, province.unit))?;
        }
    }
    file.flush()
}

fn write_asked(asked: &Asked, folder: &Path, n_figures: u64) -> Result<()> {
    let indicators: Vec<String> = asked.indicators.iter().map(|it| it.0.to_string()).collect();
    let Asked { year, month, province, commune, indicator, drilled, changed, .. } = asked;
    let text = format!(
        r#"{{"n_figures": {n_figures}, "country": {country}, "indicators": [{indicators}], "year": {year},
 "province": {province}, "indicator": {indicator}, "month": {month}, "drilled": {drilled}, "commune": {commune},
 "changed": {{"indicator": {changed}, "month": {month}, "unit": {unit}}}}}
"#,
        country = COUNTRY.0,
        indicators = indicators.join(", "),
        indicator = indicator.0,
        drilled = drilled.0,
        changed = changed.0.0,
        unit = changed.1,
    );
    std::fs::write(folder.join("parameters.json"), text)
}

/// Puts all figures in, one by one; says how many, and the value of the cell that Q6 changes.
pub(crate) fn load(bench: &mut Bench, asked: &Asked, folder: &Path) -> Result<(u64, i64)> {
    let open = |name: &str| -> Result<BufReader<File>> {
        Ok(BufReader::with_capacity(1 << 20, File::open(folder.join(format!("{name}.bin")))?))
    };
    let [mut org, mut indicator, mut period, mut value] =
        [open("org")?, open("indicator")?, open("period")?, open("value")?];
    let n_figures = std::fs::metadata(folder.join("org.bin"))?.len() / 4;
    let mut before = 0;
    for _ in 0..n_figures {
        let unit = UnitId(u32::from_le_bytes(next(&mut org)?));
        let series = SeriesNo(u16::from_le_bytes(next(&mut indicator)?).into());
        let month = PeriodNo(u16::from_le_bytes(next(&mut period)?).into());
        let value = i64::from_le_bytes(next(&mut value)?);
        if (series, unit) == asked.changed && month.0 as usize == asked.month {
            before = value;
        }
        let set = bench.totals.set(series, month, unit, number(value));
        set.map_err(std::io::Error::other)?;
    }
    Ok((n_figures, before))
}

fn next<const N: usize>(file: &mut impl Read) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

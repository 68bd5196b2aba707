//! Figures that are made up, always the same for the same commune, period and series.

use dondoc_core::figure::Series;
use dondoc_core::period::Period;

/// A made-up figure, in the smallest unit of its indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Drawn {
    /// Nothing occurred.
    Nil,
    Value(i64),
    /// Numerator and denominator.
    Share(i64, i64),
}

/// The figure of a series for a commune and period; figures of one form fit each other.
pub(super) fn drawn((name, period): (&str, Period), series: &Series, is_unusual: bool) -> Drawn {
    let draw = |salt: &str, below: i64| draw(&[name, &period.to_string(), salt], below);
    let option = series.option.as_deref();
    let courses = 1 + draw("lớp", 2);
    let cases = 3 + draw("hồ sơ", 12);
    let visits = 40 + draw("khám", 150);
    let tasks = 4 + draw("nhiệm vụ", 9);
    match (series.indicator.as_str(), option) {
        ("KVPT.01.03", None) => Drawn::Value(tasks),
        ("KVPT.01.04", None) => Drawn::Share(if is_unusual { tasks - 2 } else { tasks }, tasks),
        ("KVPT.01.05", None) => Drawn::Value(if is_unusual { 2 } else { 0 }),
        ("KVPT.01.06", None) => Drawn::Value(1 + draw("đôn đốc", 4)),
        ("KVPT.01.07", None) => Drawn::Share(4, 4),
        ("KVPT.02.01", Some("doi_tuong_4")) => Drawn::Value(courses),
        ("KVPT.02.02", Some("doi_tuong_4")) => {
            Drawn::Value(courses * if is_unusual { 6 } else { 28 + draw("học viên", 30) })
        }
        ("KVPT.06.01", None) => Drawn::Value(cases),
        ("KVPT.06.02", None) => Drawn::Share(cases, cases),
        ("KVPT.06.04", None) => Drawn::Value(6 + draw("quà", 40)),
        ("KVPT.06.08", Some("sua_chua")) => Drawn::Value(draw("nhà", 3)),
        ("KVPT.07.01", None) => Drawn::Value(visits),
        ("KVPT.07.02", Some("thuoc")) => Drawn::Value(visits + draw("thuốc", 60)),
        ("KVPT.07.02", Some("qua")) => Drawn::Value(20 + draw("quà tặng", 500)),
        ("KVPT.07.03", None) => Drawn::Value(60 + draw("ngày công", 500)),
        ("KVPT.07.04", None) => Drawn::Value(15 + draw("đường", 280)),
        ("KVPT.10.01", None) => Drawn::Value(1 + draw("giao ban", 3)),
        ("KVPT.11.02", None) => {
            let disputes = 3 + draw("hòa giải", 6);
            Drawn::Share(disputes - 1, disputes)
        }
        _ => Drawn::Nil,
    }
}

/// A number below `below`, from words (FNV-1a): the same on every machine.
fn draw(words: &[&str], below: i64) -> i64 {
    let bytes = words.iter().flat_map(|it| it.bytes().chain([0]));
    let mixed = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    // 31 bits, so that it fits any whole number; the low ones of this hash are the worse ones.
    i64::try_from(mixed >> 33).unwrap_or(0) % below.max(1)
}

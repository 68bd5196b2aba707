//! The issuer out of the lines of the top left corner.

use super::{body_name, heading::Heading, piece::Piece};
use crate::text::Text;

/// The body that issues: the lower of two, its lines joined; both of a joint document.
pub(crate) fn issuer(text: &Text<'_>, heading: &Heading, number: Option<&str>) -> Option<String> {
    let lines: Vec<&Piece> =
        heading.corner.iter().filter(|it| it.bare != "dang cong san viet nam").collect();
    let mut first = 0;
    let mut name = String::new();
    for (at, line) in lines.iter().enumerate() {
        // "VĂN PHÒNG" alone names no body: the line above says whose it is.
        let is_bare = line.bare == "van phong" && at + 1 == lines.len();
        if at > 0
            && !is_bare
            && !is_joint(number)
            && !body_name::goes_on(&name, &line.bare)
            && !ends_with_dash(text, lines[at - 1])
        {
            first = at;
            name.clear();
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(&line.bare);
    }
    let written: Vec<String> =
        lines.get(first..)?.iter().map(|it| text.field(it.tokens.clone())).collect();
    let written = written.join(" ");
    let written = written.trim_matches([' ', '-', '.', ',', ':', '/', '–']);
    (!written.is_empty()).then(|| written.to_owned())
}

fn is_joint(number: Option<&str>) -> bool {
    number.is_some_and(|it| {
        ["TTLT", "NQLT", "KHLT", "HDLT", "CTLT", "QCLT", "CTPH", "KHPH", "LN"]
            .iter()
            .any(|sign| it.contains(sign))
    })
}

/// `BỘ NỘI VỤ -` / `BỘ TÀI CHÍNH`
fn ends_with_dash(text: &Text<'_>, line: &Piece) -> bool {
    text.tokens[line.tokens.end - 1].is_dash()
        || text
            .tokens
            .get(line.tokens.end)
            .is_some_and(|it| it.is_dash() && it.gap <= crate::text::lex::Gap::Space)
}

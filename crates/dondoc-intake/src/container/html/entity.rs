//! Character references: `&nbsp;`, `&#7841;`, `&#x1EA1;`.

/// The names of U+00A0 to U+00FF, in order.
const LATIN: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf",
    "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro",
    "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// Other names that pages use.
const OTHERS: [(&str, char); 46] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("abreve", 'ă'),
    ("Abreve", 'Ă'),
    ("dstrok", 'đ'),
    ("Dstrok", 'Đ'),
    ("itilde", 'ĩ'),
    ("Itilde", 'Ĩ'),
    ("utilde", 'ũ'),
    ("Utilde", 'Ũ'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("horbar", '―'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("dagger", '†'),
    ("Dagger", '‡'),
    ("permil", '‰'),
    ("prime", '′'),
    ("Prime", '″'),
    ("euro", '€'),
    ("trade", '™'),
    ("larr", '←'),
    ("rarr", '→'),
    ("harr", '↔'),
    ("rArr", '⇒'),
    ("minus", '−'),
    ("le", '≤'),
    ("ge", '≥'),
    ("ne", '≠'),
    ("asymp", '≈'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("check", '✓'),
];

/// The longest reference that is looked for behind a `&`.
const MOST_BYTES: usize = 32;

/// Resolves the references in a text. Each character that came from one is passed through `map`.
///
/// What is no reference stays as it is written.
pub(crate) fn resolve(text: &str, map: impl Fn(char) -> char) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        resolved.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest) {
            Some((c, length)) => {
                resolved.push(map(c));
                rest = &rest[length..];
            }
            None => resolved.push('&'),
        }
    }
    resolved.push_str(rest);
    resolved
}

/// The character that a reference stands for, and the length of what is behind its `&`.
fn reference(rest: &str) -> Option<(char, usize)> {
    let length = rest
        .bytes()
        .take(MOST_BYTES)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let name = &rest[..length];
    let is_closed = rest.as_bytes().get(length) == Some(&b';');
    let c = match name.strip_prefix('#') {
        Some(number) => by_number(number)?,
        None => by_name(name, is_closed)?,
    };
    Some((c, length + usize::from(is_closed)))
}

fn by_number(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        0 => None,
        // Windows code page 1252, which is what such numbers have always meant.
        0x80..=0x9F => {
            let byte = [u8::try_from(code).ok()?];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        _ => char::from_u32(code),
    }
}

/// Old names are understood without `;` too.
fn by_name(name: &str, is_closed: bool) -> Option<char> {
    if let Some(at) = LATIN.iter().position(|latin| *latin == name) {
        return char::from_u32(0xA0 + u32::try_from(at).ok()?);
    }
    let (_, c) = OTHERS.iter().find(|(other, _)| *other == name)?;
    (is_closed || matches!(name, "amp" | "lt" | "gt" | "quot")).then_some(*c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_by_name_and_number_are_resolved() {
        let page = "&Aacute;&#7841;&#x1EA1;&nbsp;&amp;lt; &ldquo;&#150;&yuml;&ETH";
        assert_eq!(resolve(page, |c| c), "Áạạ\u{a0}&lt; “–ÿÐ");
    }

    #[test]
    fn what_is_no_reference_stays() {
        let page = "a & b &unknown; &; &# &#0; &#x110000; &ndash &";
        assert_eq!(resolve(page, |c| c), page);
    }
}

//! HTML cut into tags and text, in one pass and without a tree, so that no nesting costs more than its length.

use memchr::{memchr, memmem};

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text, with its character references unresolved.
    Text(&'a str),
    /// A start tag: its name as written, and what stands behind it up to `>`.
    Start(&'a str, &'a str),
    /// An end tag, its name as written.
    End(&'a str),
}

/// The tokens of a page; comments, declarations and processing instructions are passed over.
///
/// After the start tag of an element whose content is no markup (`script`, `style`, `title` …), its whole
/// content is the next token.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose content comes next and is no markup.
    raw: Option<&'a str>,
}

/// Elements whose content is text up to their end tag. The last five hold markup, but none that is read.
const RAW: [&str; 12] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript",
    "template", "svg", "select",
];

impl<'a> Tokens<'a> {
    /// The tokens of `page`.
    #[must_use]
    pub(crate) fn of(page: &'a str) -> Self {
        Self { rest: page, raw: None }
    }

    /// Everything up to `at`, which is then gone.
    fn take(&mut self, at: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(at);
        self.rest = rest;
        taken
    }

    /// The content of an element without markup, up to its end tag or the end of the page.
    fn raw_content(&mut self, name: &str) -> &'a str {
        let bytes = self.rest.as_bytes();
        let end = memmem::find_iter(bytes, b"</").find(|at| {
            let after = &bytes[at + 2..];
            after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
                && !after.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
        });
        self.take(end.unwrap_or(bytes.len()))
    }

    /// Passes over a comment or declaration that begins with `<!` or `<?`.
    fn skip_declaration(&mut self) {
        let end = if self.rest.starts_with("<!--") {
            // `<!-->` is a whole comment.
            memmem::find(&self.rest.as_bytes()[2..], b"-->").map(|at| at + 2 + 3)
        } else {
            memchr(b'>', self.rest.as_bytes()).map(|at| at + 1)
        };
        self.take(end.unwrap_or(self.rest.len()));
    }

    /// A tag that begins with `<` and a letter, or `</` and a letter.
    fn tag(&mut self, name_at: usize) -> Option<Token<'a>> {
        let Some(end) = tag_end(self.rest.as_bytes(), name_at) else {
            // A tag that never ends is none, and takes the rest of the page with it.
            self.take(self.rest.len());
            return None;
        };
        let tag = self.take(end + 1);
        let inside = &tag[name_at..end];
        let name_length =
            inside.find(|c: char| c.is_ascii_whitespace() || c == '/').unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_length);
        if name_at == 2 {
            return Some(Token::End(name));
        }
        if RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name)) && !attributes.ends_with('/') {
            self.raw = Some(name);
        }
        Some(Token::Start(name, attributes))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(Token::Text(self.raw_content(name)));
        }
        while !self.rest.is_empty() {
            let bytes = self.rest.as_bytes();
            let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
            match (bytes[0], bytes.get(1)) {
                (b'<', Some(b'!' | b'?')) => self.skip_declaration(),
                (b'<', Some(b'/')) if !is_letter(2) => {
                    let end = memchr(b'>', bytes).map_or(bytes.len(), |at| at + 1);
                    self.take(end);
                }
                (b'<', Some(b'/')) => return self.tag(2).or_else(|| self.next()),
                (b'<', _) if is_letter(1) => return self.tag(1).or_else(|| self.next()),
                _ => {
                    let end = memchr(b'<', &bytes[1..]).map_or(bytes.len(), |at| at + 1);
                    return Some(Token::Text(self.take(end)));
                }
            }
        }
        None
    }
}

/// Where the `>` of a tag is that is in no quotation.
fn tag_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    let mut is_value = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at),
            // A quotation mark opens a value only behind `=`.
            b'"' | b'\'' if is_value => at += 1 + memchr(byte, &bytes[at + 1..])?,
            _ => {}
        }
        is_value = byte == b'=' || is_value && byte.is_ascii_whitespace();
        at += 1;
    }
    None
}

/// The value of an attribute, its character references unresolved.
#[must_use]
pub(crate) fn attribute<'a>(attributes: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '='));
        if rest.is_empty() {
            return None;
        }
        let is_end = |c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/');
        let (name, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        let after = after.trim_ascii_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_ascii_start();
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = &value[1..];
                inside.split_once(quote).unwrap_or((inside, ""))
            }
            _ => {
                value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len()))
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(page: &str, expected: &[Token<'_>]) {
        assert_eq!(Tokens::of(page).collect::<Vec<_>>(), expected, "{page}");
    }

    #[test]
    fn tags_and_text_come_in_order() {
        check(
            "a<p class=\"x>y\">b</P><br/>",
            &[
                Token::Text("a"),
                Token::Start("p", " class=\"x>y\""),
                Token::Text("b"),
                Token::End("P"),
                Token::Start("br", "/"),
            ],
        );
    }

    #[test]
    fn comments_and_declarations_are_passed_over() {
        check("<!DOCTYPE html><!-- <p> --><![if !x]>a<![endif]><?xml?></ >", &[Token::Text("a")]);
    }

    #[test]
    fn what_is_no_tag_is_text() {
        check("1 < 2", &[Token::Text("1 "), Token::Text("< 2")]);
        check("a<", &[Token::Text("a"), Token::Text("<")]);
    }

    #[test]
    fn the_content_of_a_script_is_one_token() {
        check(
            "<SCRIPT>if (a<b) '</p>'</script >x",
            &[
                Token::Start("SCRIPT", ""),
                Token::Text("if (a<b) '</p>'"),
                Token::End("script"),
                Token::Text("x"),
            ],
        );
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let attributes = " a b=1 C = 'x y' face=\".VnTime\"/";
        assert_eq!(attribute(attributes, "b"), Some("1"));
        assert_eq!(attribute(attributes, "c"), Some("x y"));
        assert_eq!(attribute(attributes, "face"), Some(".VnTime"));
        assert_eq!(attribute(attributes, "a"), None);
        assert_eq!(attribute("='=\"", "x"), None);
    }
}

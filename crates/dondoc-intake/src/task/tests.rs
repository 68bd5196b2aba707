use super::*;

mod article;
mod due;
mod official;
mod tables;

/// The tasks of an official document that is nothing but its body.
fn official(source: &str) -> (Text<'_>, Vec<Task>) {
    read(source, "KH", Form::Official)
}

fn read<'s>(source: &'s str, kind: &str, form: Form) -> (Text<'s>, Vec<Task>) {
    let text = Text::new(source);
    let all = 0..text.tokens.len();
    let segment = Segment { tokens: all.clone(), form, title: None, boilerplate: Vec::new() };
    let header = Header {
        kind: kind.to_owned(),
        number: None,
        issued_on: Some(jiff::civil::date(2025, 11, 21)),
        issuer: None,
        place: None,
        title: None,
        signer: None,
        addressees: Vec::new(),
        body: all,
        signature: None,
    };
    let found = tasks(&text, &segment, &header);
    (text, found)
}

/// `label | lead; lead + coordinate | due recurring | first words`, a line a task.
fn shown(source: &str, tasks: &[Task]) -> Vec<String> {
    let chars: Vec<char> = source.chars().collect();
    let show = |it: &Task| {
        let words: String = chars[it.span.start..it.span.end].iter().collect();
        let first: Vec<&str> = words.split_whitespace().take(4).collect();
        let mut shown = it.label.clone().unwrap_or_else(|| "-".to_owned());
        if let Some(parent) = &it.parent {
            shown = format!("{shown}<{parent}");
        }
        shown.push_str(&format!(" | {}", it.lead.join("; ")));
        if !it.coordinate.is_empty() {
            shown.push_str(&format!(" + {}", it.coordinate.join("; ")));
        }
        if let Some(due) = &it.due {
            shown.push_str(&format!(" | {due}"));
        }
        if let Some(recurring) = it.recurring {
            shown.push_str(&format!(" | {recurring:?}"));
        }
        format!("{shown} | {}", first.join(" "))
    };
    tasks.iter().map(show).collect()
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let (_, tasks) = official(source);
    assert_eq!(shown(source, &tasks), expected, "{source}");
}

proptest::proptest! {
    #[test]
    fn no_text_stops_the_reading(pieces in proptest::collection::vec(0..PIECES.len(), 0..60)) {
        let source: String = pieces.iter().map(|it| PIECES[*it]).collect();
        for form in [Form::Official, Form::Article] {
            let (text, tasks) = read(&source, "KH", form);
            let n_chars = text.source.chars().count();
            proptest::prop_assert!(tasks.iter().all(|it| it.span.start < it.span.end && it.span.end <= n_chars));
        }
    }
}

/// Pieces that texts are made of, in any order.
const PIECES: [&str; 36] = [
    "Sở Y tế ",
    "các ",
    "sở, ",
    "ban, ",
    "và ",
    ", ",
    "; ",
    ": ",
    ". ",
    "|\n",
    "\n",
    "\n\n",
    "\n1. ",
    "\na) ",
    "\n- ",
    "\nĐiều 3. ",
    "\nIV. NHIỆM VỤ",
    "phối hợp với ",
    "chủ trì ",
    "giao ",
    "yêu cầu ",
    "trước ngày ",
    "12/2025 ",
    "hằng năm ",
    "(",
    ") ",
    "Đơn vị chủ trì: ",
    "PHỤ LỤC II ",
    "kèm theo ",
    "như sau:",
    "| TT | Nhiệm vụ | Chủ trì |\n",
    "Về ",
    "Chương\n",
    "đồng chí ",
    "nhấn mạnh: cần ",
    "/",
];

#[track_caller]
fn check_recipients(source: &str, expected: &[&str]) {
    let (_, tasks) = official(source);
    let found = tasks.first().map_or_else(Vec::new, |it| it.recipients.clone());
    assert_eq!(found, expected, "{source}");
}

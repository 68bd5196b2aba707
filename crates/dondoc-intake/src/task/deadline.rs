//! When a task is due, and how often.

use std::{ops::Range, sync::LazyLock};

use dondoc_core::reading::Recurring;
use jiff::civil::Date;

use crate::text::lex::word;
use crate::{
    body::{is_word_at, listed},
    text::{
        Text,
        day::{day_at, month_at, quarter_at, year_of},
        lex,
        phrase::{Phrases, Words},
    },
};
use dondoc_core::fold::SyllableKey;

/// What announces a deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cue {
    /// `trước`, `chậm nhất`, `trong`: a day, month or quarter after it is a deadline.
    Limit,
    /// `hoàn thành`, `thời gian thực hiện:`: also a year after it is one.
    Completion,
}

static CUES: LazyLock<Phrases<Cue>> = LazyLock::new(|| {
    let limits = listed(
        "trước|chậm nhất|chậm nhất là|chậm nhất vào|chậm nhất đến|chậm nhất trong|muộn nhất\
         |muộn nhất là|trong|xong trước|trước thời điểm|đến hết|hết|không quá|không muộn hơn|đến|vào\
         |thời hạn|thời hạn là|xong trong|ngay trong|hạn cuối|hạn cuối là|trước hết",
    );
    let completions = listed(
        "hoàn thành|hoàn thành trong|hoàn thành trước|hoàn thành vào|hoàn thành chậm nhất\
         |hoàn thành đến|hoàn thành xong trong|hoàn thành xong trước|xong|thời gian thực hiện\
         |thời gian hoàn thành|thời hạn hoàn thành|thời hạn thực hiện|thời gian|thời hạn báo cáo\
         |thực hiện trong|thời gian triển khai|hoàn thành xong|thời gian báo cáo|thời gian tổ chức\
         |thời gian trình",
    );
    Phrases::new(
        limits.map(|it| (it, Cue::Limit)).chain(completions.map(|it| (it, Cue::Completion))),
    )
});

/// The deadline that a task states, as ISO 8601; the last of several. `issued` rules out days that were past
/// when the document was issued.
pub(super) fn due(text: &Text<'_>, runs: &[Range<usize>], issued: Option<Date>) -> Option<String> {
    let mut found = None;
    for (n, run) in runs.iter().enumerate() {
        if n == 0
            && let Some(opening) = opening_year(text, run.clone())
        {
            found = Some(opening);
        }
        let mut at = run.start;
        while at < run.end {
            let Some((n_tokens, cue)) = CUES.longest(&text.tokens[..run.end], at) else {
                at += 1;
                continue;
            };
            let after = at + n_tokens;
            if let Some((period, end)) = period_after(text, after..run.end, *cue)
                && is_deadline(text, at..end, run.end, *cue)
                && issued.is_none_or(|it| !is_past(&period, it))
            {
                found = Some(period);
                at = end;
            } else {
                at = after;
            }
        }
    }
    found
}

/// Whether what stands around the words makes them a deadline of the task.
fn is_deadline(text: &Text<'_>, words: Range<usize>, end: usize, cue: Cue) -> bool {
    // `trước ngày 30 tháng 11 hằng năm`
    let is_yearly = text.tokens[..end].get(words.end).is_some_and(|_| {
        [word!("hằng"), word!("hàng")].iter().any(|it| is_word_at(text, words.end, *it))
    });
    if is_yearly {
        return false;
    }
    if cue == Cue::Completion {
        return true;
    }
    let is_word = |word: SyllableKey| is_word_at(text, words.start, word);
    let before = words.start.checked_sub(1);
    let follows = |word: SyllableKey| before.is_some_and(|it| is_word_at(text, it, word));
    if is_word(word!("trước")) {
        // `được cấp trước ngày …`, `ban hành trước ngày …` tell of things, not of the task.
        return ![word!("cấp"), word!("lập"), word!("ký"), word!("sinh"), word!("nhận")]
            .iter()
            .any(|it| follows(*it));
    }
    if is_word(word!("trong")) {
        return true;
    }
    if is_word(word!("đến")) || is_word(word!("vào")) || is_word(word!("hết")) {
        // `từ ngày … đến ngày …` is a period; `đến hết ngày …` a deadline.
        return false;
    }
    true
}

/// The period after a cue, and the token after it.
fn period_after(text: &Text<'_>, run: Range<usize>, cue: Cue) -> Option<(String, usize)> {
    let mut at = run.start;
    // `: `, `là`, `thời gian`, `vào`, `dự kiến`
    let skips = [
        word!("là"),
        word!("vào"),
        word!("dự"),
        word!("kiến"),
        word!("trong"),
        word!("trước"),
        word!("đến"),
        word!("hết"),
        word!("cuối"),
        word!("từ"),
        word!("của"),
        word!("chậm"),
        word!("nhất"),
        word!("ngay"),
        word!("mốc"),
    ];
    for _ in 0..5 {
        let is_skip = at < run.end
            && (text.tokens[at].is_mark(':') || skips.iter().any(|it| is_word_at(text, at, *it)));
        if !is_skip {
            break;
        }
        at += 1;
    }
    let (period, end) = period_at(text, at..run.end)?;
    if cue == Cue::Limit && period.len() == 4 {
        return None;
    }
    // `… đến …`, `… - …`
    let joint = text.tokens[..run.end].get(end)?.is_dash() || is_word_at(text, end, word!("đến"));
    if joint && let Some((until, after)) = period_at(text, end + 1..run.end) {
        return Some((format!("{}/{}", first_of(&period), last_of(&until)), after));
    }
    Some((last_of(&period).to_owned(), end))
}

/// A day, month, quarter or year at the head of a run; a quarter as its months.
pub(super) fn period_at(text: &Text<'_>, run: Range<usize>) -> Option<(String, usize)> {
    let at = run.start;
    if at >= run.end {
        return None;
    }
    if let Some((day, n_tokens)) = day_at(text, at) {
        return Some((day.to_string(), at + n_tokens));
    }
    // `ngày 15 tháng 12/2025`, `15/12 năm 2025`: rare, and left open.
    if let Some((month, n_tokens)) = month_at(text, at) {
        return Some((month, at + n_tokens));
    }
    if let Some(((first, last), n_tokens)) = quarter_at(text, at) {
        return Some((format!("{first}/{last}"), at + n_tokens));
    }
    if let Some(found) = quarter_with_line(text, at) {
        return Some(found);
    }
    if let Some(found) = year_after(text, at) {
        return Some(found);
    }
    // `12/2025`
    let month = text.tokens.get(at).filter(|it| it.is_number())?;
    if let (Some(mark), Some(year)) = (text.tokens.get(at + 1), text.tokens.get(at + 2))
        && mark.is_mark('/')
        && let Some(year) = year_of(text, year)
    {
        let month = lex::number(text.source, month).filter(|it| (1..=12).contains(it))?;
        return Some((format!("{year}-{month:02}"), at + 3));
    }
    year_of(text, month).map(|year| (year.to_string(), at + 1))
}

/// `năm 2026`
fn year_after(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    let year = text.tokens.get(at + 1).filter(|_| is_word_at(text, at, word!("năm")))?;
    year_of(text, year).map(|year| (year.to_string(), at + 2))
}

/// `Quý III Năm 2026`, `Quý IV, năm 2025`
fn quarter_with_line(text: &Text<'_>, at: usize) -> Option<(String, usize)> {
    if !is_word_at(text, at, word!("quý")) {
        return None;
    }
    let token = text.tokens.get(at + 1)?;
    let number = match &text.source[token.start as usize..token.end as usize] {
        "I" | "1" => 1,
        "II" | "2" => 2,
        "III" | "3" => 3,
        "IV" | "4" => 4,
        _ => return None,
    };
    let year_at = (at + 2..at + 4).find(|it| is_word_at(text, *it, word!("năm")))? + 1;
    let year = year_of(text, text.tokens.get(year_at)?)?;
    Some((format!("{year}-{:02}/{year}-{:02}", number * 3 - 2, number * 3), year_at + 1))
}

fn first_of(period: &str) -> &str {
    period.split('/').next().unwrap_or(period)
}

fn last_of(period: &str) -> &str {
    period.rsplit('/').next().unwrap_or(period)
}

/// Whether the last day of a period lies before the day of issue.
fn is_past(period: &str, issued: Date) -> bool {
    let last = last_of(period);
    let day = issued.to_string();
    last < &day[..last.len().min(day.len())]
}

/// The year that opens a paragraph and holds for all of it: `Trong năm 2026, …`, `Năm 2026, …`, `Về phương hướng, nhiệm
/// vụ trong năm 2026, …`.
pub(super) fn opening_year(text: &Text<'_>, run: Range<usize>) -> Option<String> {
    let first = run.clone().take(8).find(|it| text.tokens[*it].is_word())?;
    let at = (first..run.end.min(first + 14)).find(|it| is_word_at(text, *it, word!("năm")))?;
    let is_opening = at == first || is_word_at(text, at - 1, word!("trong"));
    let year = year_of(text, text.tokens[..run.end].get(at + 1)?).filter(|_| is_opening)?;
    text.tokens[..run.end].get(at + 2).filter(|it| it.is_mark(','))?;
    // `Tiếp tục giải ngân trong năm 2026, …` is of one clause only.
    let is_topic = at <= first + 1
        || is_word_at(text, first, word!("về"))
        || is_word_at(text, first, word!("phương"));
    is_topic.then(|| year.to_string())
}

/// A time cell or a line `Thời gian thực hiện: …`, which is nothing but a period.
pub(super) fn due_of_cell(text: &Text<'_>, run: Range<usize>) -> Option<String> {
    let mut found = None;
    let mut at = run.start;
    while at < run.end {
        let Some((period, end)) = period_at(text, at..run.end) else {
            at += 1;
            continue;
        };
        let joint = text.tokens[..run.end].get(end).is_some_and(|it| it.is_dash())
            || is_word_at(text, end, word!("đến"));
        let until = joint.then(|| period_at(text, end + 1..run.end)).flatten();
        // `2026-2030 và những năm tiếp theo` is open, `Từ 01/7/2025` too.
        let is_open = (end..run.end.min(end + 8)).any(|it| is_word_at(text, it, word!("tiếp")))
            || until.is_none()
                && at > run.start
                && (is_word_at(text, at - 1, word!("từ"))
                    || is_word_at(text, at - 1, word!("sau")));
        if is_open {
            return found;
        }
        if let Some((until, after)) = until {
            found = Some(format!("{}/{}", first_of(&period), last_of(&until)));
            at = after;
        } else {
            found = Some(last_of(&period).to_owned());
            at = end;
        }
    }
    found
}

/// Nouns before `hằng năm`, `thường xuyên` that it describes: `kế hoạch hằng năm`, `chi thường xuyên`.
static DESCRIBED: LazyLock<Words> = LazyLock::new(|| {
    Words::new([
        "hoạch",
        "toán",
        "quyết",
        "trình",
        "phí",
        "sách",
        "quân",
        "chi",
        "trưởng",
        "tác",
        "xuyên",
        "dục",
        "niên",
        "tiêu",
        "mức",
        "vốn",
        "đoạn",
        "loại",
        "giá",
        "khóa",
        "nhu",
        "kỳ",
        "số",
    ])
});

/// How often the task is to be done.
pub(super) fn recurring(text: &Text<'_>, runs: &[Range<usize>]) -> Option<Recurring> {
    let mut found: Option<Recurring> = None;
    for run in runs {
        for at in run.clone() {
            let Some(rhythm) = rhythm_at(text, at, run) else { continue };
            found = Some(found.map_or(rhythm, |it| more_exact(it, rhythm)));
        }
    }
    found
}

/// A named rhythm is more exact than `định kỳ`, and that than `thường xuyên`.
fn more_exact(one: Recurring, other: Recurring) -> Recurring {
    let rank = |it: Recurring| match it {
        Recurring::Regular => 0,
        Recurring::Periodic => 1,
        Recurring::Yearly => 2,
        Recurring::Quarterly => 3,
        Recurring::Monthly => 4,
    };
    if rank(other) > rank(one) { other } else { one }
}

fn rhythm_at(text: &Text<'_>, at: usize, run: &Range<usize>) -> Option<Recurring> {
    let is = |at: usize, word: SyllableKey| at < run.end && is_word_at(text, at, word);
    let is_described = at > run.start
        && text.tokens[at].gap <= lex::Gap::Line
        && DESCRIBED.has(&text.tokens[at - 1]);
    if is(at, word!("định")) && is(at + 1, word!("kỳ")) {
        return (!is_described).then_some(Recurring::Periodic);
    }
    if is(at, word!("thường")) && is(at + 1, word!("xuyên")) {
        return (!is_described).then_some(Recurring::Regular);
    }
    if !is(at, word!("hằng")) && !is(at, word!("hàng")) && !is(at, word!("mỗi")) {
        return None;
    }
    let is_each = is(at, word!("mỗi"));
    let is_date = at > run.start && text.tokens[at - 1].is_number();
    if is_described && !is_date {
        return None;
    }
    match () {
        () if is(at + 1, word!("năm")) => Some(Recurring::Yearly),
        () if is(at + 1, word!("quý")) => Some(Recurring::Quarterly),
        () if is(at + 1, word!("tháng")) => Some(Recurring::Monthly),
        () if !is_each && (is(at + 1, word!("ngày")) || is(at + 1, word!("tuần"))) => {
            Some(Recurring::Periodic)
        }
        () => None,
    }
}

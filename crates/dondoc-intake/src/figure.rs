//! Numbers with their units: results, targets, norms and inputs.
//!
//! A number becomes a figure by its unit: the lexicon in [`unit`] says what can be counted. Dates, ordinals, labels,
//! numbers of documents and spans of time are none (CONTRACT, decisions 26–30, 52–54, 61–62).

use std::ops::Range;

use dondoc_core::{
    amount::Amount,
    reading::{Bound, Figure},
};

use crate::{
    header::Header,
    segment::{Form, Segment},
    text::{
        Text,
        layout::Block,
        lex::{Gap, word},
    },
};

mod bound;
mod naming;
mod number;
mod period;
mod place;
mod skip;
mod subject;
mod unit;

use self::{period::Periods, place::Places, unit::UnitKind};

/// The figures of a document in order. What lies inside one of `cited`, the tokens of its citations in order, is none.
#[must_use]
pub fn figures(
    text: &Text<'_>,
    segment: &Segment,
    header: &Header,
    cited: &[Range<usize>],
) -> Vec<Figure> {
    let mut figures = Vec::new();
    let mut periods = Periods::new(header.issued_on);
    let mut places = Places::new(text, segment.form == Form::Article, header);
    let mut last: Option<Found> = None;
    let first_block = text.blocks.partition_point(|it| it.tokens.end <= header.body.start);
    let mut cited = cited.iter().peekable();
    for block in
        text.blocks[first_block..].iter().take_while(|it| it.tokens.start < header.body.end)
    {
        if is_outside(text, segment, header, block) {
            continue;
        }
        periods.enter(text, block);
        places.enter();
        let label = block.label.as_ref().map_or(0, |it| it.n_tokens);
        let mut at = (block.tokens.start + label).max(header.body.start);
        let end = block.tokens.end.min(header.body.end);
        while at < end {
            while cited.next_if(|it| it.end <= at).is_some() {}
            if let Some(citation) = cited.next_if(|it| it.start <= at) {
                at = skip::subject_end(text, citation.end, end);
                continue;
            }
            if let Some(quote_end) = skip::quote_end(text, at, end) {
                at = quote_end;
                continue;
            }
            places.read(text, at);
            let Some(found) = found_at(text, at, end, last.as_ref()) else {
                at += periods.read(text, at).unwrap_or(1);
                continue;
            };
            at = found.tokens.end;
            if !found.is_repeated(last.as_ref(), text) {
                figures.extend(figure(text, &found, end, (&periods, &places)));
            }
            last = Some(found);
        }
    }
    figures
}

/// Whether a block is furniture of the page, or the list of addressees with the signature.
fn is_outside(text: &Text<'_>, segment: &Segment, header: &Header, block: &Block) -> bool {
    let start = text.tokens[block.tokens.start].start as usize;
    let next = segment.boilerplate.partition_point(|it| it.end <= start);
    let is_furniture = segment.boilerplate.get(next).is_some_and(|it| it.start <= start);
    is_furniture || header.signature.as_ref().is_some_and(|it| it.contains(&block.tokens.start))
}

/// A number with its unit, as tokens.
#[derive(Clone, Debug)]
struct Found {
    /// Bound words, number and unit.
    tokens: Range<usize>,
    unit: Range<usize>,
    value: Amount,
    value_to: Option<Amount>,
    bound: Bound,
    is_negative: bool,
}

impl Found {
    /// Whether it only repeats in brackets what stands before them: `10 Gigabit mỗi giây (10 Gbps)`.
    fn is_repeated(&self, last: Option<&Self>, text: &Text<'_>) -> bool {
        last.is_some_and(|last| {
            let between = last.tokens.end + 1 == self.tokens.start
                && text.tokens[last.tokens.end].is_mark('(');
            let closes = text.tokens.get(self.tokens.end).is_some_and(|it| it.is_mark(')'));
            between && closes && last.value == self.value
        })
    }
}

/// The figure whose first token, bound words aside, is `at`; it ends before `end`.
fn found_at(text: &Text<'_>, at: usize, end: usize, last: Option<&Found>) -> Option<Found> {
    let token = &text.tokens[at];
    let found = if token.is_number() { counted_at(text, at)? } else { vague_at(text, at)? };
    if found.tokens.end > end {
        return None;
    }
    Some(match last {
        // `tối đa 2 tập thể và 4 cá nhân`: the bound holds for both.
        Some(last)
            if found.bound == Bound::Exact
                && matches!(last.bound, Bound::AtMost | Bound::AtLeast)
                && last.tokens.end + 1 == at
                && text.tokens[at - 1].is(word!("và")) =>
        {
            Found { bound: last.bound, ..found }
        }
        _ => found,
    })
}

/// `hàng trăm cuộc`, `hàng tỷ đồng`.
fn vague_at(text: &Text<'_>, at: usize) -> Option<Found> {
    let (whole, n_tokens) = number::vague_at(text, at)?;
    let unit = unit::unit_at(text, at + n_tokens)
        .or_else(|| unit::unknown_noun_at(text, at + n_tokens))?;
    if matches!(unit.kind, UnitKind::Time | UnitKind::Part) {
        return None;
    }
    let bound = match whole {
        2 => Bound::Hundreds,
        3 => Bound::Thousands,
        _ => Bound::AtLeast,
    };
    let value = Amount::new(1, 0)?.times_ten_to(whole)?;
    let tokens = at..unit.tokens.end;
    Some(Found { tokens, unit: unit.tokens, value, value_to: None, bound, is_negative: false })
}

/// A figure that begins with digits.
fn counted_at(text: &Text<'_>, at: usize) -> Option<Found> {
    if naming::is_glued(text, at) {
        return None;
    }
    let first = Part::at(text, at)?;
    let range = range_after(text, &first);
    let (last, value_to) = match &range {
        Some(second) => (second, Some(second.value)),
        None => (&first, None),
    };
    let (unit, scale) = (last.unit.clone().or_else(|| loose_unit(text, at, last))?, last.scale);
    if !naming::is_counted(text, at, &unit) || naming::is_change(text, at, first.end) {
        return None;
    }
    // In "2,5 - 5,5 tỷ đồng" the scale holds for both ends.
    let own_scale = if first.scale == 0 && range.is_some() { scale } else { first.scale };
    let value = first.value.times_ten_to(own_scale)?;
    let value_to =
        value_to.map(|it| it.times_ten_to(scale)).map_or(Some(None), |it| it.map(Some))?;
    let (start, bound) = bound::before(text, at).unwrap_or((at, Bound::Exact));
    let from = start.checked_sub(1).filter(|it| text.tokens[*it].is(word!("từ")));
    let after = bound::after(text, unit.tokens.end);
    let start = if after.is_some() || value_to.is_some() { from.unwrap_or(start) } else { start };
    let (mut end, bound) =
        after.map_or((unit.tokens.end, bound), |(n, it)| (unit.tokens.end + n, it));
    // `Tối đa (03 điểm)`: a bracket that was opened inside is closed inside.
    if text.tokens[start..at].iter().any(|it| it.is_mark('('))
        && text.tokens.get(end).is_some_and(|it| it.is_mark(')'))
    {
        end += 1;
    }
    let bound = if value_to.is_some() && bound != Bound::About { Bound::Exact } else { bound };
    let is_negative = naming::is_negative(text, start);
    Some(Found { tokens: start..end, unit: unit.tokens, value, value_to, bound, is_negative })
}

/// A number with what may follow it: a scale word and a unit.
#[derive(Clone, Debug)]
struct Part {
    value: Amount,
    scale: u8,
    unit: Option<unit::Unit>,
    /// The token after all of it.
    end: usize,
    has_leading_zero: bool,
}

impl Part {
    fn at(text: &Text<'_>, at: usize) -> Option<Self> {
        let number = number::number_at(text, at)?;
        let mut end = at + number.n_tokens;
        let scale = number::scale_at(text, end).filter(|_| text.tokens[end].gap <= Gap::Line);
        if let Some((_, n_tokens)) = scale {
            end += n_tokens;
        }
        let is_glued = text.tokens.get(end).is_some_and(|it| it.gap == Gap::None);
        let unit = unit::unit_at(text, end).filter(|it| !is_glued || it.kind == UnitKind::Measure);
        let digits = text.slice(at..at + 1);
        Some(Self {
            value: number.value,
            scale: scale.map_or(0, |(power, _)| power),
            end: unit.as_ref().map_or(end, |it| it.tokens.end),
            unit,
            has_leading_zero: digits.len() == 2 && digits.starts_with('0'),
        })
    }
}

/// The upper end of a range that `first` begins: `70 - 75%`, `từ 85 điểm đến dưới 95 điểm`.
fn range_after(text: &Text<'_>, first: &Part) -> Option<Part> {
    let separator = text.tokens.get(first.end)?;
    let is_to = separator.is(word!("đến")) || separator.is(word!("tới"));
    let is_dash =
        separator.is_dash() && first.unit.as_ref().is_none_or(|it| it.kind == UnitKind::Measure);
    if !is_to && !is_dash {
        return None;
    }
    let mut next = first.end + 1;
    next += usize::from(is_to && text.tokens.get(next).is_some_and(|it| it.is(word!("dưới"))));
    let second = Part::at(text, next)?;
    let unit = second.unit.as_ref()?;
    let same = |it: &unit::Unit| text.field(it.tokens.clone()).to_lowercase();
    let agrees = first.unit.as_ref().is_none_or(|it| same(it) == same(unit));
    let is_growing = first.value != second.value;
    (agrees && is_growing).then_some(second)
}

/// The unit of a count whose noun no lexicon knows, where its form leaves no doubt that it is a count.
fn loose_unit(text: &Text<'_>, at: usize, part: &Part) -> Option<unit::Unit> {
    let is_count = part.has_leading_zero || bound::before(text, at).is_some();
    let follows = text.tokens.get(part.end).is_some_and(|it| it.gap != Gap::None);
    (is_count && follows && part.scale == 0)
        .then(|| unit::unknown_noun_at(text, part.end))
        .flatten()
}

fn figure(
    text: &Text<'_>,
    found: &Found,
    end: usize,
    (periods, places): (&Periods, &Places),
) -> Option<Figure> {
    Some(Figure {
        span: text.span(found.tokens.clone())?,
        value: found.value,
        value_to: found.value_to,
        unit: text.field(found.unit.clone()).to_lowercase(),
        subject: subject::subject(text, found.tokens.clone(), &found.unit, end),
        bound: found.bound,
        period: periods.after(text, found.tokens.end, end).or_else(|| periods.current.clone()),
        place: places.of_figure(text, found.tokens.end),
        negative: found.is_negative,
    })
}

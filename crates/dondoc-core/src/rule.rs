//! Rules and formulas over figures, in CEL with exact numbers.
//!
//! The text is parsed by the `cel` crate and worked out here, on fractions of whole numbers: `1/3 * 3 == 1`, no doubles
//! anywhere, and a number too large to keep is an error, never a wrong number. What CEL has and rules don't need (maps,
//! structures, comprehensions, bytes) is refused when the rule is read.
//!
//! # Unknown is not zero
//!
//! A figure that was not reported is *missing*, and so is all that is worked out from it: `a <= b` is neither true nor
//! false when `a` is missing, and a rule that is not false does not fire. `&&`, `||` and `?:` look no further than they
//! must: `false && missing` is false. `missing(a)` and `has(now.a)` ask whether there is a figure at all. Division by
//! zero is missing too: a share of nothing is unknown.
//!
//! # Names
//!
//! `KVPT_02_01` is the figure of indicator `KVPT.02.01` of the same unit and period, `KVPT_02_01__doi_tuong_2` that of
//! one option (of two joined options `__a__b`), `KVPT_01_04_num` and `KVPT_01_04_den` the parts of a ratio, whose own
//! name is the share in its unit of measure (94 for 94 %). `prev.` goes before a name of the period before,
//! `last_year.` before one of the same period of last year, and `now.` is the period itself.
//!
//! # Functions
//!
//! `missing(x)`, `has(now.x)`, `abs(x)`, `min(x, …)`, `max(x, …)`, `round(x, decimals)` (half away from zero),
//! `day("2025-07-01")`; days can be compared, and their difference is a number of days. Lists are for `in`.
//!
//! `testdata/rules/vectors.json` holds expressions, figures and answers for any other implementation.

mod book;
mod eval;
mod expression;
mod number;
#[cfg(test)]
mod tests;

pub(crate) use book::Unusable;
pub use book::{Figures, RuleBook};
pub use eval::{EvalError, Value};
pub use expression::{Expression, ExpressionError, Name, When};
pub use number::Number;

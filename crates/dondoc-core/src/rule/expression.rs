//! Reading an expression: the parser's tree, cut down to what rules may say.

use std::collections::BTreeSet;

use cel::{
    common::ast::{Expr, IdedExpr, LiteralValue, SelectExpr, SourceInfo},
    parser::Parser,
};
use jiff::civil::Date;

use crate::rule::Number;

/// The longest expression; longer ones are programs.
const LONGEST: usize = 2_000;

/// How deep brackets may be nested, with one more for each `?`. The parser takes 150 KB of stack a level in an unoptimised
/// build, and a thread has 2 MB.
const DEEPEST: usize = 8;

/// How many signs of operators there may be, for a tree is as deep as they are many.
const MOST_SIGNS: usize = 200;

/// An expression that can be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    text: String,
    pub(super) root: Node,
}

/// Of which period a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// The same.
    Now,
    /// The one before.
    Before,
    /// The same of last year.
    LastYear,
}

/// A name in an expression.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Of which period.
    pub when: When,
    /// As written, without the period: `KVPT_02_01_num`.
    pub word: String,
}

/// What an expression is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Number(Number),
    Text(String),
    YesNo(bool),
    Day(Date),
    Name(Name),
    List(Vec<Node>),
    Call(Function, Vec<Node>),
}

/// What can be done in an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Not,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    And,
    Or,
    If,
    In,
    Missing,
    Abs,
    Min,
    Max,
    Round,
}

/// An expression that says nothing, or more than a rule may.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// It breaks the grammar of CEL.
    #[error("column {column}: {message}")]
    Grammar {
        /// From 1.
        column: u32,
        /// What the parser says.
        message: String,
    },
    /// CEL, but nothing that rules have.
    #[error("`{0}` is not for rules")]
    NotForRules(String),
    /// A function with the wrong number of arguments.
    #[error("`{0}` takes another number of arguments")]
    Arguments(String),
    /// A number with more digits than can be kept.
    #[error("`{0}` is too large a number, or has too many digits")]
    Number(String),
    /// Not the text of a day.
    #[error("`{0}` is no day; write day(\"2025-07-01\")")]
    Day(String),
    /// Longer than rules may be.
    #[error("longer than {LONGEST} characters")]
    TooLong,
    /// More brackets within brackets, or more operators, than rules may have: the stack of the parser is finite.
    #[error("more brackets or operators than rules may have")]
    TooDeep,
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    ///
    /// [`ExpressionError`] with what is wrong.
    pub fn read(text: &str) -> Result<Self, ExpressionError> {
        if text.len() > LONGEST {
            return Err(ExpressionError::TooLong);
        }
        if is_too_deep(text) {
            return Err(ExpressionError::TooDeep);
        }
        let (tree, source) = Parser::new().parse_with_source_info(text).map_err(|err| {
            let first = err.errors.into_iter().next();
            let (column, message) = first.map_or((0, String::new()), |it| (it.pos.1, it.msg));
            ExpressionError::Grammar { column: u32::try_from(column).unwrap_or(1), message }
        })?;
        let root = node(&tree, &source)?;
        Ok(Self { text: text.to_owned(), root })
    }

    /// As it was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names that it uses.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&Name> {
        let mut names = BTreeSet::new();
        let mut left = vec![&self.root];
        while let Some(node) = left.pop() {
            match node {
                Node::Name(name) => {
                    names.insert(name);
                }
                Node::List(nodes) | Node::Call(_, nodes) => left.extend(nodes),
                Node::Number(_) | Node::Text(_) | Node::YesNo(_) | Node::Day(_) => {}
            }
        }
        names
    }
}

/// Whether a text could go deeper than the stack, told before anything is parsed. What stands in quotes counts as well,
/// so that a quote that is never closed hides nothing.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut deepest, mut n_conditions, mut n_signs) = (0_usize, 0, 0, 0);
    for sign in text.chars() {
        match sign {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            '?' => n_conditions += 1,
            it if it.is_ascii_punctuation() && !matches!(it, '_' | '"' | '\'' | ',') => {
                n_signs += 1
            }
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest + n_conditions > DEEPEST || n_signs > MOST_SIGNS
}

fn node(tree: &IdedExpr, source: &SourceInfo) -> Result<Node, ExpressionError> {
    let all = |of: &[IdedExpr]| of.iter().map(|it| node(it, source)).collect::<Result<Vec<_>, _>>();
    match &tree.expr {
        Expr::Literal(value) => literal(value, tree.id, source),
        Expr::Ident(word) => Ok(Node::Name(Name { when: When::Now, word: word.clone() })),
        Expr::Select(select) => selected(select),
        Expr::List(list) if list.optional_indices.is_empty() => {
            Ok(Node::List(all(&list.elements)?))
        }
        Expr::Call(call) if call.target.is_none() => {
            if call.func_name == "day" {
                return day(&call.args);
            }
            let function = function(&call.func_name)
                .ok_or_else(|| ExpressionError::NotForRules(call.func_name.clone()))?;
            let arguments = all(&call.args)?;
            if !function.takes(&arguments) {
                return Err(ExpressionError::Arguments(call.func_name.clone()));
            }
            Ok(Node::Call(function, arguments))
        }
        Expr::Call(call) => Err(ExpressionError::NotForRules(format!(".{}()", call.func_name))),
        Expr::Comprehension(_) => Err(ExpressionError::NotForRules("all, exists, map".into())),
        Expr::List(_) => Err(ExpressionError::NotForRules("[?]".into())),
        Expr::Map(_) | Expr::Struct(_) => Err(ExpressionError::NotForRules("{}".into())),
        Expr::Unspecified => Err(ExpressionError::NotForRules("an empty expression".into())),
    }
}

fn literal(value: &LiteralValue, id: u64, source: &SourceInfo) -> Result<Node, ExpressionError> {
    match value {
        LiteralValue::Boolean(it) => Ok(Node::YesNo(*it.inner())),
        LiteralValue::Int(it) => Ok(Node::Number(Number::from(*it.inner()))),
        LiteralValue::String(it) => Ok(Node::Text(it.inner().to_owned())),
        // The digits as written, not the double that the parser made of them; its place is without the sign.
        LiteralValue::Double(it) => {
            let (start, stop) = source.offset_for(id).unwrap_or_default();
            let length = (stop.saturating_sub(start) as usize) + 1;
            let written = source.source.chars().skip(start as usize).take(length);
            let written: String = written.filter(|it| *it != '-').collect();
            let sign = if it.inner().is_sign_negative() { -1 } else { 1 };
            let number = Number::read(&written).and_then(|it| it.times(Number::from(sign)));
            number.map(Node::Number).ok_or(ExpressionError::Number(written))
        }
        LiteralValue::UInt(it) => Err(ExpressionError::NotForRules(format!("{}u", it.inner()))),
        LiteralValue::Bytes(_) => Err(ExpressionError::NotForRules("bytes".into())),
        LiteralValue::Null => Err(ExpressionError::NotForRules("null".into())),
    }
}

fn selected(select: &SelectExpr) -> Result<Node, ExpressionError> {
    let when = match &select.operand.expr {
        Expr::Ident(word) if word == "now" => When::Now,
        Expr::Ident(word) if word == "prev" => When::Before,
        Expr::Ident(word) if word == "last_year" => When::LastYear,
        _ => return Err(ExpressionError::NotForRules(format!(".{}", select.field))),
    };
    let name = Node::Name(Name { when, word: select.field.clone() });
    if !select.test {
        return Ok(name);
    }
    let is_missing = Node::Call(Function::Missing, vec![name]);
    Ok(Node::Call(Function::Not, vec![is_missing]))
}

fn day(arguments: &[IdedExpr]) -> Result<Node, ExpressionError> {
    let [IdedExpr { expr: Expr::Literal(LiteralValue::String(text)), .. }] = arguments else {
        return Err(ExpressionError::Arguments("day".into()));
    };
    let day = text.inner().parse().map_err(|_| ExpressionError::Day(text.inner().to_owned()))?;
    Ok(Node::Day(day))
}

fn function(name: &str) -> Option<Function> {
    Some(match name {
        "!_" => Function::Not,
        "-_" => Function::Negate,
        "_+_" => Function::Add,
        "_-_" => Function::Subtract,
        "_*_" => Function::Multiply,
        "_/_" => Function::Divide,
        "_==_" => Function::Equal,
        "_!=_" => Function::Unequal,
        "_<_" => Function::Less,
        "_<=_" => Function::LessOrEqual,
        "_>_" => Function::Greater,
        "_>=_" => Function::GreaterOrEqual,
        "_&&_" => Function::And,
        "_||_" => Function::Or,
        "_?_:_" => Function::If,
        "@in" => Function::In,
        "missing" => Function::Missing,
        "abs" => Function::Abs,
        "min" => Function::Min,
        "max" => Function::Max,
        "round" => Function::Round,
        _ => return None,
    })
}

impl Function {
    fn takes(self, arguments: &[Node]) -> bool {
        match self {
            Self::Not | Self::Negate | Self::Abs => arguments.len() == 1,
            Self::Missing => matches!(arguments, [Node::Name(_)]),
            Self::If => arguments.len() == 3,
            Self::And | Self::Or | Self::Min | Self::Max => !arguments.is_empty(),
            Self::Round => matches!(arguments, [_, Node::Number(_)]),
            _ => arguments.len() == 2,
        }
    }
}

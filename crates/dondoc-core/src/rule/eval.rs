//! Working an expression out.

use std::cmp::Ordering;

use jiff::civil::Date;

use crate::rule::{
    Expression, Name, Number,
    expression::{Function, Node},
};

/// What an expression comes to, or a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(Number),
    /// Words.
    Text(String),
    /// Yes or no.
    YesNo(bool),
    /// A day.
    Day(Date),
    /// Several.
    List(Vec<Value>),
    /// Nobody knows.
    Missing,
}

/// An expression that comes to nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// Too large a number on the way.
    #[error("comes to more than can be worked out")]
    Overflow,
    /// Words added to numbers, days compared with words.
    #[error("mixes {0} with {1}")]
    Mixed(&'static str, &'static str),
    /// A name that nothing stands for.
    #[error("there is no `{0}`")]
    UnknownName(String),
}

impl Value {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Number(_) => "a number",
            Self::Text(_) => "words",
            Self::YesNo(_) => "yes or no",
            Self::Day(_) => "a day",
            Self::List(_) => "a list",
            Self::Missing => "nothing",
        }
    }
}

impl Expression {
    /// Works the expression out; `value` says what a name stands for, `None` that there is no such name.
    ///
    /// # Errors
    ///
    /// [`EvalError`]; a missing figure is none.
    pub fn eval(&self, value: &dyn Fn(&Name) -> Option<Value>) -> Result<Value, EvalError> {
        eval(&self.root, value)
    }

    /// Whether it holds; `None` if that is not known, because a figure is missing.
    ///
    /// # Errors
    ///
    /// [`EvalError`], also if it comes to something else than yes or no.
    pub fn holds(&self, value: &dyn Fn(&Name) -> Option<Value>) -> Result<Option<bool>, EvalError> {
        truth(&self.eval(value)?)
    }
}

type Lookup<'a> = &'a dyn Fn(&Name) -> Option<Value>;

fn eval(node: &Node, lookup: Lookup<'_>) -> Result<Value, EvalError> {
    match node {
        Node::Number(it) => Ok(Value::Number(*it)),
        Node::Text(it) => Ok(Value::Text(it.clone())),
        Node::YesNo(it) => Ok(Value::YesNo(*it)),
        Node::Day(it) => Ok(Value::Day(*it)),
        Node::Name(name) => lookup(name).ok_or_else(|| EvalError::UnknownName(name.word.clone())),
        Node::List(nodes) => {
            let values: Result<_, _> = nodes.iter().map(|it| eval(it, lookup)).collect();
            values.map(Value::List)
        }
        Node::Call(function, arguments) => call(*function, arguments, lookup),
    }
}

fn call(function: Function, arguments: &[Node], lookup: Lookup<'_>) -> Result<Value, EvalError> {
    match function {
        Function::And => junction(arguments, lookup, false),
        Function::Or => junction(arguments, lookup, true),
        Function::If => match truth(&eval(&arguments[0], lookup)?)? {
            Some(true) => eval(&arguments[1], lookup),
            Some(false) => eval(&arguments[2], lookup),
            None => Ok(Value::Missing),
        },
        Function::Missing => Ok(Value::YesNo(eval(&arguments[0], lookup)? == Value::Missing)),
        _ => {
            let mut values = Vec::with_capacity(arguments.len());
            for argument in arguments {
                match eval(argument, lookup)? {
                    Value::Missing => return Ok(Value::Missing),
                    value => values.push(value),
                }
            }
            apply(function, &values)
        }
    }
}

/// `&&` (decided by the first false) and `||` (by the first true), with missing in between.
fn junction(arguments: &[Node], lookup: Lookup<'_>, decides: bool) -> Result<Value, EvalError> {
    let mut is_known = true;
    for argument in arguments {
        match truth(&eval(argument, lookup)?)? {
            Some(it) if it == decides => return Ok(Value::YesNo(decides)),
            Some(_) => {}
            None => is_known = false,
        }
    }
    Ok(if is_known { Value::YesNo(!decides) } else { Value::Missing })
}

fn truth(value: &Value) -> Result<Option<bool>, EvalError> {
    match value {
        Value::YesNo(it) => Ok(Some(*it)),
        Value::Missing => Ok(None),
        other => Err(EvalError::Mixed(other.kind(), "yes or no")),
    }
}

/// All values are there.
fn apply(function: Function, values: &[Value]) -> Result<Value, EvalError> {
    let yes_no = |it: bool| Ok(Value::YesNo(it));
    match (function, values) {
        (Function::Not, [it]) => Ok(truth(it)?.map_or(Value::Missing, |it| Value::YesNo(!it))),
        (Function::In, [it, Value::List(list)]) => is_in(it, list),
        (Function::Equal, [a, b]) => yes_no(compare(a, b)?.is_eq()),
        (Function::Unequal, [a, b]) => yes_no(compare(a, b)?.is_ne()),
        (Function::Less, [a, b]) => yes_no(ordered(a, b)?.is_lt()),
        (Function::LessOrEqual, [a, b]) => yes_no(ordered(a, b)?.is_le()),
        (Function::Greater, [a, b]) => yes_no(ordered(a, b)?.is_gt()),
        (Function::GreaterOrEqual, [a, b]) => yes_no(ordered(a, b)?.is_ge()),
        (Function::Subtract, [Value::Day(a), Value::Day(b)]) => {
            let days = a.since(*b).map_err(|_| EvalError::Overflow)?.get_days();
            Ok(Value::Number(Number::from(i64::from(days))))
        }
        (Function::Min | Function::Max, values) => extreme(function, values),
        (Function::Round, [Value::Number(it), Value::Number(decimals)]) => round(*it, *decimals),
        (_, [Value::Number(it)]) => arithmetic(function, *it, Number::ZERO),
        (_, [Value::Number(a), Value::Number(b)]) => arithmetic(function, *a, *b),
        (_, [a, b]) => Err(EvalError::Mixed(a.kind(), b.kind())),
        (_, values) => {
            Err(EvalError::Mixed(values.first().map_or("nothing", Value::kind), "a number"))
        }
    }
}

fn arithmetic(function: Function, a: Number, b: Number) -> Result<Value, EvalError> {
    let number = match function {
        Function::Negate => a.negated(),
        Function::Abs if a.compare(Number::ZERO) == Some(Ordering::Less) => a.negated(),
        Function::Abs => Some(a),
        Function::Add => a.plus(b),
        Function::Subtract => b.negated().and_then(|it| a.plus(it)),
        Function::Multiply => a.times(b),
        Function::Divide if b.is_zero() => return Ok(Value::Missing),
        Function::Divide => b.inverse().and_then(|it| a.times(it)),
        _ => return Err(EvalError::Mixed("a number", "something else")),
    };
    number.map(Value::Number).ok_or(EvalError::Overflow)
}

fn round(number: Number, decimals: Number) -> Result<Value, EvalError> {
    let decimals = decimals.rounded(0).and_then(|it| u8::try_from(it).ok()).filter(|it| *it <= 9);
    let decimals = decimals.ok_or(EvalError::Overflow)?;
    let rounded = number.rounded(decimals).and_then(|it| Number::scaled(it, decimals));
    rounded.map(Value::Number).ok_or(EvalError::Overflow)
}

fn extreme(function: Function, values: &[Value]) -> Result<Value, EvalError> {
    let wanted = if function == Function::Min { Ordering::Less } else { Ordering::Greater };
    let Some((mut best, rest)) = values.split_first() else { return Ok(Value::Missing) };
    for value in rest {
        if ordered(value, best)? == wanted {
            best = value;
        }
    }
    Ok(best.clone())
}

fn is_in(value: &Value, list: &[Value]) -> Result<Value, EvalError> {
    let mut is_known = true;
    for it in list {
        match it {
            Value::Missing => is_known = false,
            it if compare(value, it)?.is_eq() => return Ok(Value::YesNo(true)),
            _ => {}
        }
    }
    Ok(if is_known { Value::YesNo(false) } else { Value::Missing })
}

/// Whether two values of one kind are the same; of what has no order, anything but equal means different.
fn compare(a: &Value, b: &Value) -> Result<Ordering, EvalError> {
    match (a, b) {
        (Value::YesNo(a), Value::YesNo(b)) => Ok(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Ok(a.cmp(b)),
        _ => ordered(a, b),
    }
}

fn ordered(a: &Value, b: &Value) -> Result<Ordering, EvalError> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.compare(*b).ok_or(EvalError::Overflow),
        (Value::Day(a), Value::Day(b)) => Ok(a.cmp(b)),
        _ => Err(EvalError::Mixed(a.kind(), b.kind())),
    }
}

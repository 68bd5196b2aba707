//! The binary itself: command in; standard output, standard error and exit status out.

mod isolation;
mod json;
mod library;
mod read;
mod refused;
mod run;

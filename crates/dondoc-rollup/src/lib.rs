//! Totals: exact, at once, over a tree that changes; pure.

//! Figures and units in the formats of others, in and out; pure.

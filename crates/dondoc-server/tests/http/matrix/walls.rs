//! What is of others does not come out on another way.

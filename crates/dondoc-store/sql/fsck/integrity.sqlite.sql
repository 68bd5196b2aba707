-- What the engine says of its own file: one row `ok`, or one for each fault.
pragma integrity_check

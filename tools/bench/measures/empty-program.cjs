// Node.js with nothing to do.

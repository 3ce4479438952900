"""Pure computations of the branch's rules: no SQL, no Qt, no clock."""

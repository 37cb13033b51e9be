"""Words, rules, arithmetic and records that need nothing but Python."""

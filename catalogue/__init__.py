"""The job-position catalogue: from a decision's annex to a printed report."""

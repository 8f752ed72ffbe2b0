//! More of the table: what auditors compare, and what points and reports are measured by.

/// As [`super::table::TABLE`].
pub(super) const TABLE: &[(&str, &[&str])] = &[
    // Cash, bank, invoices, stock and settlements of a period, and entries behind their gaps: for auditors and administrators.
    (
        "D",
        &[
            "amount",
            "after",
            "after_notice",
            "bank_notices",
            "book",
            "business_date",
            "difference",
            "entries",
            "entry_number",
            "line",
            "lines",
            "measure",
            "part",
            "parts",
            "sha256",
            "side",
            "stream",
            "suspended_vnd",
            "told",
            "voucher",
        ],
    ),
    // Points at equal age, what points are measured by, and the fixed words of the report.
    (
        "D",
        &[
            "block_en",
            "block_vi",
            "criteria_sets",
            "in_force_from",
            "in_force_to",
            "is_new",
            "last_week_vnd",
            "location",
            "locations",
            "mean",
            "meant_until",
            "names",
            "of_count",
            "of_new",
            "of_old",
            "opened_on",
            "sum_vnd",
            "template_versions",
            "thresholds",
            "week_count",
            "week_number",
            "weeks",
        ],
    ),
];

//! What producer and operator say of settlements, what is behind them, and what was agreed. The letters are those of the table.

/// The rows.
pub(super) const TABLE: &[(&str, &[&str])] = &[
    // What both sides say of it.
    (
        "OPK",
        &[
            "accepted_at_ms",
            "attached",
            "attached_at_ms",
            "attached_page",
            "disputed_rows",
            "figure",
            "figure_claimed",
            "figure_told",
            "is_open",
            "is_operators",
            "signature",
            "signed_at_ms",
            "signed_paper_on",
            "signer",
            "silent_until_ms",
            "standing",
            "talk",
            "talk_kind",
            "talk_words",
            "talked_at_ms",
        ],
    ),
    ("DOPK", &["is_replied", "product"]),
    // What was agreed.
    ("OPK", &["clauses", "is_ended", "is_in_force", "is_later", "valid_from", "versions"]),
    ("O", &["agreements"]),
    // The moves behind it.
    ("OPK", &["cause", "lot_code", "move_count", "moved_milli", "moves", "next_moves", "receipt_number"]),
    // What was delivered.
    ("PK", &["delivered", "ended_milli", "is_cut", "noted_milli", "taken_in_milli"]),
    ("D", &["disputed_at_ms"]),
    // What lapses, and what a recognition brought, in the department's report.
    (
        "D",
        &[
            "lapses_on",
            "months",
            "product_after_vnd",
            "product_before_vnd",
            "recognised_on",
            "rest_after_vnd",
            "rest_before_vnd",
            "within_days",
        ],
    ),
    (
        "O",
        &[
            "disputed_count",
            "disputed_days",
            "late_transfer_count",
            "settlements",
            "twice_transfer_count",
            "unknown_transfer_count",
        ],
    ),
    // A producer's first page.
    (
        "PK",
        &[
            "counts_as",
            "lapses_in_days",
            "lapse_day",
            "lapsing_own",
            "month_words",
            "rank",
            "sold_month",
            "sold_today",
        ],
    ),
];

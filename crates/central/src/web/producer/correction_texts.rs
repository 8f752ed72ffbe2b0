//! What central's pages say of settlements and payments that were put right.

web::texts! {
    /// What is said of corrections.
    pub trait CorrectionTexts;

    adjusted_of(number) "Điều chỉnh {number}" / "Correction of {number}";
    taken_back_of(number) "Rút lại khoản trả {number}" / "Payment {number} taken back";
    paper_adjusts(number) "Điều chỉnh, phiếu {number}" / "Correction, paper {number}";
    paper_takes_back(number) "Rút lại khoản trả, phiếu {number}" / "Payment taken back, paper {number}";
    corrected_title() "Đã sửa sau kỳ này" / "Put right afterwards";
    corrected_about() "Số của kỳ này giữ nguyên; phần sửa tính vào kỳ sau." / "The figures of this settlement stay as they are; what was put right goes into the next one.";
    corrects_paper(number) "cho phiếu {number}" / "for paper {number}";
    of_it_adjusted() "Trong đó điều chỉnh" / "Of it corrections";
    standing_adjusted() "Điều chỉnh" / "Correction";
    standing_taken_back() "Rút lại khoản trả" / "Payment taken back";
    column_adjusted() "Điều chỉnh" / "Corrections";
}

#[cfg(test)]
mod tests {
    use super::CorrectionTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as CorrectionTexts>::ALL), Vec::<String>::new());
    }
}

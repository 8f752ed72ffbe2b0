//! E-invoices from cash registers (hóa đơn điện tử khởi tạo từ máy tính tiền): whether a sale needs one, its code, what
//! it says, to whom, and where it stands. What the rules of 2026 leave open is a setting of the operator.

pub mod alarm;
pub mod buyer;
pub mod code;
pub mod content;
pub mod duty;
pub mod state;
pub mod symbol;
pub mod tax_number;

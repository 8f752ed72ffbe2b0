//! Every sentence about goods that are ordered, and what is paid for them in advance.

web::texts! {
    /// What the deposit panel and the page of orders say.
    pub trait DepositTexts;

    deposit() "Đặt cọc" / "Deposit";
    deposit_question() "Đặt hàng, giao sau" / "Order for a later day";
    deposit_person() "Tên khách" / "Customer";
    deposit_phone() "Điện thoại" / "Telephone";
    deposit_due() "Ngày giao" / "Due on";
    deposit_amount() "Tiền cọc" / "Deposit";
    deposit_kind() "Trả cọc bằng" / "Paid by";
    deposit_hint(payable) "Cả đơn {payable}. Hàng và giá được giữ đến ngày giao." / "In all {payable}. Goods and prices are kept until then.";
    deposit_show_qr() "Hiện mã QR" / "Show the QR";
    deposit_take() "Nhận cọc" / "Take the deposit";
    deposit_put_back() "Cất lại" / "Put back";
    deposit_put_back_question() "Cất đơn đặt này lại?" / "Put this order back?";
    deposit_put_back_about() "Hàng, giá và tiền cọc được giữ ở trang Đơn đặt." / "Goods, prices and deposit are kept on the page of orders.";
    deposit_paid() "Đã đặt cọc" / "Deposit paid";
    by_transfer() "Chuyển khoản" / "Transfer";

    deposits() "Đơn đặt" / "Orders";
    deposits_about() "Hàng khách đặt cọc, chờ giao. Tiền cọc là tiền của khách cho đến khi giao hàng." / "Goods that were ordered and paid in part. A deposit is the buyer's money until the goods are handed over.";
    no_deposits() "Không có đơn nào chờ giao." / "No order waits.";
    find_deposit() "Tìm đơn đặt" / "Find an order";
    find_deposit_hint() "Số phiếu (gõ phần cuối như DC0012 cũng được), tên hoặc số điện thoại của khách. Có thể quét phiếu." / "The number (its end, such as DC0012, is enough), the buyer's name or telephone. The paper can be scanned, too.";
    no_deposit_found() "Không có đơn chờ giao nào khớp. Thử gõ ít chữ hơn." / "No order that waits fits. Try fewer letters.";
    all_deposits() "Xem tất cả" / "Show all";
    deposit_number() "Số phiếu" / "Number";
    deposit_taken_at() "Đặt lúc" / "Ordered";
    deposit_total() "Cả đơn" / "In all";
    deposit_rest() "Còn phải trả" / "Left to pay";
    deposit_late(days) "Quá hẹn {days} ngày" / "{days} days late";
    deposit_today() "Giao hôm nay" / "Due today";
    deposit_unnamed() "Tên ghi trên phiếu của khách" / "The name stands on the buyer's paper";
    deposit_open_at(counter) "Đang mở ở {counter}" / "Open at {counter}";
    deposit_deliver() "Giao hàng" / "Hand over";
    deposit_deliver_of(number) "Giao hàng đơn {number}" / "Hand over order {number}";
    deposit_goods() "Hàng đã đặt" / "What was ordered";
    deposit_no_goods() "Máy này không giữ danh sách hàng của đơn. Giao hàng, rồi quét hàng theo phiếu của khách." / "This computer does not have the goods of the order. Hand over, and scan what the buyer's paper says.";
    deposit_back() "Trả lại tiền cọc" / "Give the deposit back";
    deposit_back_about() "Trả lại hết, hoặc cửa hàng giữ hết, thì đơn đặt bị hủy. Trả lại một phần thì đơn vẫn chờ giao." / "When all of it goes back, or is kept, the order is cancelled. When a part does, the order still waits.";
    deposit_back_amount() "Số tiền" / "Amount";
    deposit_back_kind() "Tiền cọc đi đâu" / "Where it goes";
    deposit_back_cash() "Trả khách tiền mặt" / "To the buyer in cash";
    deposit_back_transfer() "Trả khách bằng chuyển khoản" / "To the buyer by transfer";
    deposit_back_card() "Trả khách vào thẻ" / "To the buyer's card";
    deposit_back_kept() "Cửa hàng giữ, khách không lấy hàng" / "The shop keeps it, nobody came";
    deposit_back_reason() "Khách hủy đơn" / "The buyer cancelled";

    note_deposit_person() "Gõ tên khách, nhiều nhất 60 ký tự." / "Type the customer's name, 60 letters at most.";
    note_deposit_due() "Gõ ngày giao, từ hôm nay trở đi. Ví dụ 24/12/2026." / "Type the day, today or later. For example 24/12/2026.";
    note_deposit_taken(number, amount, rest) "Đã nhận cọc {amount}, phiếu {number}. Khi giao còn thu {rest}." / "Deposit of {amount} taken, {number}. {rest} is left to pay.";
    note_deposit_beyond(payable) "Cả đơn chỉ {payable}. Cọc không nhiều hơn số đó; khách trả đủ thì bấm F9." / "The goods cost {payable}. A deposit is no more than that; F9 when all is paid.";
    note_deposit_too_large(left, rest) "Khách đã cọc {left}, nhiều hơn đơn này {rest}. Thêm hàng, hoặc trả bớt cọc ở trang Đơn đặt." / "The deposit of {left} is {rest} more than this costs. Add goods, or give that back on the page of orders.";
    note_deposit_here(number) "Đơn ở quầy là đơn đặt {number}. Giao hàng (F9), hoặc cất lại (F7) trước." / "Order {number} is at the counter. Hand it over (F9) or put it back (F7) first.";
    note_deposit_waits(number) "Đơn đặt {number} vẫn được giữ ở trang Đơn đặt." / "Order {number} is kept on the page of orders.";
    note_deposit_brought(number, person) "Giao đơn {number}, {person}. Tiền cọc đã trừ." / "Order {number}, {person}. The deposit is taken off.";
    note_deposit_brought_unnamed(number) "Giao đơn {number}. Tiền cọc đã trừ; quét hàng theo phiếu của khách." / "Order {number}. The deposit is taken off; scan what the buyer's paper says.";
    note_deposit_at(counter) "Đơn này đang mở ở {counter}. Cất lại ở đó (F7) trước." / "This order is open at {counter}. Put it back there (F7) first.";
    note_deposit_found(number) "Phiếu đặt hàng {number} là phiếu thật của cửa hàng này." / "Order {number} is a genuine one of this store.";
    note_no_deposit() "Đơn này đã giao, hoặc đã trả lại cọc. Không còn tiền cọc." / "This order was handed over or cancelled. No deposit is left.";
    note_more_than_deposit(left) "Tiền cọc chỉ còn {left}. Gõ lại số tiền." / "Only {left} of the deposit is left. Type the amount again.";
    note_deposit_returned(number, amount) "Trả khách {amount} tiền cọc. Đơn đặt {number} đã hủy." / "Give the buyer {amount} of the deposit. Order {number} is cancelled.";
    note_deposit_returned_in_part(number, amount, left) "Trả khách {amount} tiền cọc. Đơn đặt {number} còn cọc {left}." / "Give the buyer {amount} of the deposit. {left} is left for order {number}.";
    note_deposit_kept(number, amount) "Cửa hàng giữ {amount} tiền cọc. Đơn đặt {number} đã hủy." / "The shop keeps {amount} of the deposit. Order {number} is cancelled.";
    note_deposit_kept_in_part(number, amount, left) "Cửa hàng giữ {amount} tiền cọc. Đơn đặt {number} còn cọc {left}." / "The shop keeps {amount} of the deposit. {left} is left for order {number}.";
}

#[cfg(test)]
mod tests {
    use super::DepositTexts;
    use web::{Lang, texts};

    #[test]
    fn every_text_is_sound() {
        assert_eq!(texts::faults(<Lang as DepositTexts>::ALL), Vec::<String>::new());
    }
}
